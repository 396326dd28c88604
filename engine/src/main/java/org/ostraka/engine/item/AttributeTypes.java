package org.ostraka.engine.item;

import org.ostraka.model.AttributeValue;

/** The names of attribute types on the wire and in messages. Stateless. */
final class AttributeTypes {
  private AttributeTypes() {}

  static String tag(AttributeValue value) {
    return switch (value) {
      case AttributeValue.S _ -> "S";
      case AttributeValue.N _ -> "N";
      case AttributeValue.B _ -> "B";
      case AttributeValue.Bool _ -> "BOOL";
      case AttributeValue.Null _ -> "NULL";
      case AttributeValue.L _ -> "L";
      case AttributeValue.M _ -> "M";
      case AttributeValue.SS _ -> "SS";
      case AttributeValue.NS _ -> "NS";
      case AttributeValue.BS _ -> "BS";
    };
  }
}
