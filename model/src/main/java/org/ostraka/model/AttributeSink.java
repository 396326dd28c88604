package org.ostraka.model;

import java.math.BigDecimal;

/**
 * A receiver of attributes, one after another: a name, its value, the next name. Maps, lists and
 * sets are written as their start, their content, and their end. Texts and binary data are passed
 * as objects or as a part of an array, which may only be read, and only during the call. One
 * thread.
 */
public interface AttributeSink {
  /** Writes the name of the value that follows. */
  void name(String name);

  /** Writes a name as {@link #name(String)} does, given in UTF-8. */
  void name(byte[] array, int offset, int length);

  void text(String text);

  /** Writes a text as {@link #text(String)} does, given in UTF-8. */
  void text(byte[] array, int offset, int length);

  void number(BigDecimal number);

  void binary(byte[] array, int offset, int length);

  void bool(boolean flag);

  /** Writes the null value. */
  void nullValue();

  void startMap();

  void endMap();

  void startList();

  void endList();

  /** Starts a set, whose elements follow as values of its type. */
  void startSet(ScalarType type);

  void endSet();
}
