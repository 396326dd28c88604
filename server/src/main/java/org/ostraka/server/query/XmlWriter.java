package org.ostraka.server.query;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Writes XML 1.0: elements and texts, which are all that answers have. One thread.
 *
 * <p>The JDK's writer would load some 200 classes at the first answer, for what needs few lines.
 */
public final class XmlWriter {
  /** Stands for a character that XML cannot have. */
  private static final char REPLACEMENT = '\uFFFD';

  private final StringBuilder text = new StringBuilder();

  /** Writes an element with a text. */
  public XmlWriter element(String name, String content) {
    text.append('<').append(name).append('>');
    escape(content);
    return end(name);
  }

  /** Writes an element with a text, or nothing. */
  XmlWriter element(String name, Optional<String> content) {
    content.ifPresent(present -> element(name, present));
    return this;
  }

  /** Writes an element with elements in it. */
  public XmlWriter element(String name, Consumer<XmlWriter> content) {
    text.append('<').append(name).append('>');
    content.accept(this);
    return end(name);
  }

  /** Writes the root element, whose names are those of a namespace. */
  public XmlWriter root(String name, String namespace, Consumer<XmlWriter> content) {
    text.append('<').append(name).append(" xmlns=\"");
    escape(namespace);
    text.append("\">");
    content.accept(this);
    return end(name);
  }

  /** Writes a list. */
  <T> XmlWriter list(String name, Collection<T> elements, Consumer<T> content) {
    return element(
        name, _ -> elements.forEach(each -> element("member", _ -> content.accept(each))));
  }

  /** Writes a list of texts. */
  XmlWriter texts(String name, Collection<String> texts) {
    return element(name, _ -> texts.forEach(each -> element("member", each)));
  }

  /** Returns the document in UTF-8. */
  public byte[] bytes() {
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private XmlWriter end(String name) {
    text.append("</").append(name).append('>');
    return this;
  }

  private void escape(String content) {
    content
        .codePoints()
        .forEach(point -> {
          switch (point) {
            case '<' -> text.append("&lt;");
            case '>' -> text.append("&gt;");
            case '&' -> text.append("&amp;");
            case '"' -> text.append("&quot;");
            // A reader of XML would make a line feed of it.
            case '\r' -> text.append("&#xD;");
            default -> text.appendCodePoint(isLegal(point) ? point : REPLACEMENT);
          }
        });
  }

  /** Returns whether XML may have a character: "Characters" in Extensible Markup Language 1.0. */
  private static boolean isLegal(int point) {
    if (point < ' ') {
      return point == '\t' || point == '\n';
    }
    boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
    return !surrogate && point != 0xFFFE && point != 0xFFFF;
  }
}
