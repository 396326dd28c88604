package org.ostraka.model;

/** Which images of a changed item an incremental export has. */
public enum ExportView {
  NEW_IMAGE,
  NEW_AND_OLD_IMAGES
}
