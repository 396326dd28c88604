package org.ostraka.server.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** What is written is XML that any reader takes, whatever the texts are. */
final class XmlWriterTest {
  @Test
  void writesElementsListsAndNothingForWhatIsAbsent() {
    XmlWriter xml =
        new XmlWriter()
            .root(
                "R",
                "urn:n",
                out ->
                    out.element("A", "x")
                        .element("B", Optional.empty())
                        .texts("C", List.of("1", "2"))
                        .list("D", List.of("k"), each -> out.element("Key", each)));
    assertThat(new String(xml.bytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "<R xmlns=\"urn:n\"><A>x</A><C><member>1</member><member>2</member></C>"
                + "<D><member><Key>k</Key></member></D></R>\n");
  }

  @Test
  void aReaderGetsBackEveryText() throws Exception {
    String text = "</A><script> & \" ' \r\n\t \u00e9 \ud83d\ude00 ]]>";
    assertThat(read(text)).isEqualTo(text);
  }

  @Test
  void charactersThatXmlCannotHaveAreReplaced() throws Exception {
    assertThat(read("a\u0000b\u001bc\ud800d\uffffe")).isEqualTo("a\ufffdb\ufffdc\ufffdd\ufffde");
  }

  private static String read(String text) throws Exception {
    byte[] bytes = new XmlWriter().root("R", "urn:n", out -> out.element("A", text)).bytes();
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(bytes));
    return document.getDocumentElement().getFirstChild().getTextContent();
  }
}
