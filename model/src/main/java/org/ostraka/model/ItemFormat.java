package org.ostraka.model;

/** How items are written in files. */
public enum ItemFormat {
  DYNAMODB_JSON,
  ION,
  CSV
}
