package org.ostraka.server.wire.cloudwatch;

import java.math.BigDecimal;
import org.ostraka.server.query.XmlWriter;

/** Answers of the query protocol. Stateless. */
final class XmlDocument {
  private static final String NAMESPACE = "http://monitoring.amazonaws.com/doc/2010-08-01/";

  private XmlDocument() {}

  /** Writes the answer of an operation. */
  static byte[] answer(String operation, Document.Structure result, String requestId) {
    return new XmlWriter()
        .root(
            operation + "Response",
            NAMESPACE,
            xml ->
                xml.element(operation + "Result", _ -> members(result, xml))
                    .element("ResponseMetadata", _ -> xml.element("RequestId", requestId)))
        .bytes();
  }

  /** Writes an answer that refuses a request. */
  static byte[] refusal(Refusal refusal, String requestId) {
    return new XmlWriter()
        .root(
            "ErrorResponse",
            NAMESPACE,
            xml ->
                xml.element(
                        "Error",
                        _ ->
                            xml.element("Type", refusal.fault())
                                .element("Code", refusal.code())
                                .element("Message", refusal.text()))
                    .element("RequestId", requestId))
        .bytes();
  }

  private static void members(Document.Structure structure, XmlWriter xml) {
    structure.members().forEach((name, value) -> element(name, value, xml));
  }

  private static void element(String name, Document value, XmlWriter xml) {
    switch (value) {
      case Document.Text(String text) -> xml.element(name, text);
      case Document.Numeric(double number) ->
          xml.element(name, BigDecimal.valueOf(number).toPlainString());
      case Document.Flag(boolean flag) -> xml.element(name, Boolean.toString(flag));
      case Document.Time(var time) -> xml.element(name, time.toString());
      case Document.Several(var elements) ->
          xml.element(name, _ -> elements.forEach(element -> element("member", element, xml)));
      case Document.Structure structure -> xml.element(name, _ -> members(structure, xml));
      case Document.Entries(var entries) ->
          xml.element(
              name,
              _ ->
                  entries.forEach((key, entry) ->
                      xml.element(
                          "entry",
                          _ -> {
                            xml.element("key", key);
                            element("value", entry, xml);
                          })));
    }
  }
}
