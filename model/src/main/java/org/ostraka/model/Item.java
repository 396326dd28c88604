package org.ostraka.model;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Attributes by name, in the order in which they came; equal in any order. Immutable.
 *
 * <p>An item may lie in another form than objects, which are made when they are first asked for.
 * Who only passes it on has it {@linkplain #tell told} as it lies.
 */
public final class Item {
  private final Form form;

  /** Made by whoever asks first; several at once make the same. */
  private @Nullable Map<String, AttributeValue> attributes;

  /** The size, once it was asked for; until then 0. */
  private int sizeBytes;

  /** How an item lies. Immutable. */
  public interface Form {
    /** Objects for its attributes, in a map that nobody changes any more. */
    Map<String, AttributeValue> attributes();

    /** Tells its attributes. */
    void tell(AttributeSink sink);

    /** Returns the length of its stored bytes; 0 when it has none. */
    int lyingBytes();
  }

  /** An item of these attributes. */
  public Item(Map<String, AttributeValue> attributes) {
    this(new Values(new LinkedHashMap<>(attributes)));
  }

  /** An item that lies in a form. */
  public Item(Form form) {
    this.form = form;
  }

  /** Attributes that are objects already. */
  private record Values(Map<String, AttributeValue> attributes) implements Form {
    @Override
    public void tell(AttributeSink sink) {
      AttributeTelling.attributes(attributes, sink);
    }

    @Override
    public int lyingBytes() {
      return 0;
    }
  }

  /** All attributes. */
  public Map<String, AttributeValue> attributes() {
    Map<String, AttributeValue> made = attributes;
    if (made == null) {
      made = Collections.unmodifiableMap(form.attributes());
      attributes = made;
    }
    return made;
  }

  /** Tells the attributes as they lie. */
  public void tell(AttributeSink sink) {
    form.tell(sink);
  }

  /** Returns the length of the item's stored bytes; 0 for an item of objects. */
  public int lyingBytes() {
    return form.lyingBytes();
  }

  /** The attribute of this name, if the item has it. */
  public Optional<AttributeValue> attribute(String name) {
    return Optional.ofNullable(attributes().get(name));
  }

  /** The same item with only those of its top-level attributes that are named. */
  public Item only(Collection<String> names) {
    Map<String, AttributeValue> kept = new LinkedHashMap<>(attributes());
    kept.keySet().retainAll(names);
    return new Item(kept);
  }

  /** The item's size in bytes by the service's formula: see {@link ItemSize}. */
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
