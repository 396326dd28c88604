package org.ostraka.model;

/** A table's storage class, in the words of the API. */
public enum TableClass {
  STANDARD,
  STANDARD_INFREQUENT_ACCESS
}
