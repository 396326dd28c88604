package org.ostraka.engine.encoding;

import java.math.BigDecimal;
import org.ostraka.model.AttributeSink;
import org.ostraka.model.ScalarType;

/** Counts the values that it is told, elements of sets included. One thread. */
final class ValueCount implements AttributeSink {
  private int values;

  int values() {
    return values;
  }

  @Override
  public void name(String name) {}

  @Override
  public void name(byte[] array, int offset, int length) {}

  @Override
  public void text(String text) {
    values++;
  }

  @Override
  public void text(byte[] array, int offset, int length) {
    values++;
  }

  @Override
  public void number(BigDecimal number) {
    values++;
  }

  @Override
  public void binary(byte[] array, int offset, int length) {
    values++;
  }

  @Override
  public void bool(boolean flag) {
    values++;
  }

  @Override
  public void nullValue() {
    values++;
  }

  @Override
  public void startMap() {
    values++;
  }

  @Override
  public void endMap() {}

  @Override
  public void startList() {
    values++;
  }

  @Override
  public void endList() {}

  @Override
  public void startSet(ScalarType type) {
    values++;
  }

  @Override
  public void endSet() {}
}
