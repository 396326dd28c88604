package org.ostraka.model;

/** What an update in the older request form does with an attribute. */
public enum AttributeAction {
  PUT,
  ADD,
  DELETE
}
