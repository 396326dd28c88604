package org.ostraka.transfer.s3;

import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.transfer.bucket.Buckets;

/** Reads the XML of S3's answers. Stateless. */
final class S3Xml {
  private S3Xml() {}

  /** Returns the name of an error; empty if the answer has none. */
  static Optional<String> errorCode(InputStream body) {
    try {
      XMLStreamReader xml = open(body);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("Code")) {
          return Optional.of(xml.getElementText());
        }
      }
    } catch (XMLStreamException _) {
      // A proxy's page: its status must do.
    }
    return Optional.empty();
  }

  /** Returns the objects of a listing. */
  static List<Buckets.Listed> listing(InputStream body) {
    List<Buckets.Listed> found = new ArrayList<>();
    try {
      XMLStreamReader xml = open(body);
      while (xml.hasNext()) {
        if (xml.next() == XMLStreamConstants.START_ELEMENT
            && xml.getLocalName().equals("Contents")) {
          found.add(object(xml));
        }
      }
    } catch (XMLStreamException | NumberFormatException broken) {
      throw new StorageFailedException("a listing of S3 cannot be read", broken);
    }
    return found;
  }

  /** Reads an object of a listing, whose members may be in any order. */
  private static Buckets.Listed object(XMLStreamReader xml) throws XMLStreamException {
    String key = "";
    String size = "";
    String etag = "";
    int event = xml.next();
    while (event != XMLStreamConstants.END_ELEMENT || !xml.getLocalName().equals("Contents")) {
      if (event == XMLStreamConstants.START_ELEMENT) {
        switch (xml.getLocalName()) {
          case "Key" -> key = xml.getElementText();
          case "Size" -> size = xml.getElementText().strip();
          case "ETag" -> etag = xml.getElementText().replace("\"", "").strip();
          default -> {}
        }
      }
      event = xml.next();
    }
    return new Buckets.Listed(key, Long.parseLong(size), etag);
  }

  private static XMLStreamReader open(InputStream body) throws XMLStreamException {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    return factory.createXMLStreamReader(body);
  }
}
