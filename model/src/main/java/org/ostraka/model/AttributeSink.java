package org.ostraka.model;

import java.math.BigDecimal;

/**
 * Is told attributes one after another: a name, its value, the next name. Maps, lists and sets are
 * told by their start, what is in them, and their end. Texts and binary data come as objects or as
 * a part of an array, which is lent for the call and for reading only. One thread.
 */
public interface AttributeSink {
  /** The name of the value that comes next. */
  void name(String name);

  /** As {@link #name(String)}, in UTF-8. */
  void name(byte[] array, int offset, int length);

  void text(String text);

  /** As {@link #text(String)}, in UTF-8. */
  void text(byte[] array, int offset, int length);

  void number(BigDecimal number);

  void binary(byte[] array, int offset, int length);

  void bool(boolean flag);

  /** The null value. */
  void nullValue();

  void startMap();

  void endMap();

  void startList();

  void endList();

  /** A set, whose elements come as values of its type. */
  void startSet(ScalarType type);

  void endSet();
}
