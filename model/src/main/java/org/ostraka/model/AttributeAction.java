package org.ostraka.model;

/** The ways in which an update in the older request form changes an attribute. */
public enum AttributeAction {
  PUT,
  ADD,
  DELETE
}
