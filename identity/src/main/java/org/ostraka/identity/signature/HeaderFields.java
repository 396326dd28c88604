package org.ostraka.identity.signature;

import java.util.List;

/** The header fields of a request. Names are compared without case. */
@FunctionalInterface
public interface HeaderFields {
  /** Returns all values of a name in their order of arrival; empty when the name is absent. */
  List<String> all(String name);
}
