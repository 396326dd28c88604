package org.ostraka.model;

import java.util.AbstractSet;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * The elements of a set attribute, sorted. Immutable.
 *
 * <p>They are stored in an array rather than a hash table: an item may have hundreds of thousands
 * of sets of one element each, and a hash table takes two hundred bytes.
 */
final class SortedElements<E> extends AbstractSet<E> {
  private final Object[] elements;
  private final Comparator<? super E> order;

  private SortedElements(Object[] elements, Comparator<? super E> order) {
    this.elements = elements;
    this.order = order;
  }

  /**
   * Sorts the elements.
   *
   * @param order a comparator that is consistent with equals
   * @throws IllegalArgumentException when an element occurs twice
   */
  @SuppressWarnings("unchecked")
  static <E> SortedElements<E> of(Collection<E> elements, Comparator<? super E> order) {
    if (elements instanceof SortedElements<E> sorted && sorted.order.equals(order)) {
      return sorted;
    }
    Object[] array = elements.toArray();
    Arrays.sort(array, (Comparator<Object>) order);
    for (int i = 1; i < array.length; i++) {
      if (array[i].equals(array[i - 1])) {
        throw new IllegalArgumentException("a set attribute holds each element once");
      }
    }
    return new SortedElements<>(array, order);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (other instanceof SortedElements<?> sorted && sorted.order.equals(order)) {
      return Arrays.equals(elements, sorted.elements);
    }
    return super.equals(other);
  }

  @Override
  public int hashCode() {
    return super.hashCode();
  }

  @Override
  public int size() {
    return elements.length;
  }

  @Override
  @SuppressWarnings("unchecked")
  public boolean contains(@Nullable Object element) {
    if (element == null || !elements[0].getClass().isInstance(element)) {
      return false;
    }
    return Arrays.binarySearch(elements, element, (Comparator<Object>) order) >= 0;
  }

  @Override
  @SuppressWarnings("unchecked")
  public Iterator<E> iterator() {
    return (Iterator<E>) Arrays.asList(elements).iterator();
  }
}
