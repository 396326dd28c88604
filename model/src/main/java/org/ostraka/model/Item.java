package org.ostraka.model;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Attributes by name, in the order in which they were given; equality ignores the order. Immutable.
 *
 * <p>An item may have another form than objects, such as its stored bytes. Objects are made when
 * first requested. {@link #writeTo} writes the attributes without making objects.
 */
public final class Item {
  private final Form form;

  /** The objects, made at the first call; threads that call at the same time make equal ones. */
  private @Nullable Map<String, AttributeValue> attributes;

  /** The size once it was computed; 0 until then. */
  private int sizeBytes;

  /** The form in which an item has its attributes. Immutable. */
  public interface Form {
    /** Returns objects for the attributes, in a map that is never changed. */
    Map<String, AttributeValue> attributes();

    /** Writes the attributes to a sink. */
    void writeTo(AttributeSink sink);

    /** Returns the length of its stored bytes; 0 when it has none. */
    int storedBytes();
  }

  /** Makes an item of these attributes. */
  public Item(Map<String, AttributeValue> attributes) {
    this(new Values(new LinkedHashMap<>(attributes)));
  }

  /** Makes an item of attributes that nobody changes from now on; it does not copy them. */
  public static Item wrap(Map<String, AttributeValue> attributes) {
    return new Item(new Values(attributes));
  }

  /** Makes an item whose attributes have a form. */
  public Item(Form form) {
    this.form = form;
  }

  /** Attributes that are objects already. */
  private record Values(Map<String, AttributeValue> attributes) implements Form {
    @Override
    public void writeTo(AttributeSink sink) {
      AttributeWalk.attributes(attributes, sink);
    }

    @Override
    public int storedBytes() {
      return 0;
    }
  }

  /** Returns all attributes. */
  public Map<String, AttributeValue> attributes() {
    Map<String, AttributeValue> made = attributes;
    if (made == null) {
      made = Collections.unmodifiableMap(form.attributes());
      attributes = made;
    }
    return made;
  }

  /** Writes the attributes to a sink, from the form that they have. */
  public void writeTo(AttributeSink sink) {
    form.writeTo(sink);
  }

  /** Returns the length of the item's stored bytes; 0 for an item of objects. */
  public int storedBytes() {
    return form.storedBytes();
  }

  /** Returns the attribute of this name; empty if the item lacks it. */
  public Optional<AttributeValue> attribute(String name) {
    return Optional.ofNullable(attributes().get(name));
  }

  /** Returns the item with only those of its top-level attributes that are named. */
  public Item only(Collection<String> names) {
    Map<String, AttributeValue> kept = new LinkedHashMap<>(attributes());
    kept.keySet().retainAll(names);
    return wrap(kept);
  }

  /** Returns the item's size in bytes by the service's formula: see {@link ItemSize}. */
  public int sizeBytes() {
    int size = sizeBytes;
    if (size == 0) {
      size = ItemSize.ofAttributes(attributes());
      sizeBytes = size;
    }
    return size;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Item item && attributes().equals(item.attributes());
  }

  @Override
  public int hashCode() {
    return attributes().hashCode();
  }

  @Override
  public String toString() {
    return "Item" + attributes();
  }
}
