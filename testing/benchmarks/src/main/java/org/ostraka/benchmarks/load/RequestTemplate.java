package org.ostraka.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bytes of a request, and the places of the fields in them that change. Immutable.
 *
 * <p>A body names its fields as {@code @d12@} (a number of twelve digits, with leading zeros),
 * {@code @n3@} (a number with leading spaces, since JSON has no leading zeros) and {@code @t100@}
 * (text of a hundred characters). Their widths are fixed, and so is the length of the body.
 *
 * <p>The request has an Authorization header of the right form with a dummy signature, so that
 * signing takes no time. A server that verifies signatures refuses it.
 */
public final class RequestTemplate {

  /** A field that changes: its offset, its width in bytes, and its kind. */
  record Field(int at, int width, char kind) {}

  static final char DIGITS = 'd';
  static final char NUMBER = 'n';
  static final char TEXT = 't';

  private static final Pattern FIELD = Pattern.compile("@([dnt])(\\d{1,6})@");

  private final byte[] bytes;
  private final int bodyAt;
  private final List<Field> fields;

  private RequestTemplate(byte[] bytes, int bodyAt, List<Field> fields) {
    this.bytes = bytes;
    this.bodyAt = bodyAt;
    this.fields = List.copyOf(fields);
  }

  /** Makes the template for a call of this operation on tables or items. */
  public static RequestTemplate of(URI endpoint, String operation, String body) {
    return ofTarget(endpoint, "DynamoDB_20120810." + operation, body);
  }

  /** Makes the template for a call of this operation on streams. */
  public static RequestTemplate ofStreams(URI endpoint, String operation, String body) {
    return ofTarget(endpoint, "DynamoDBStreams_20120810." + operation, body);
  }

  private static RequestTemplate ofTarget(URI endpoint, String target, String body) {
    StringBuilder plain = new StringBuilder();
    List<Field> inBody = new ArrayList<>();
    Matcher matcher = FIELD.matcher(body);
    while (matcher.find()) {
      matcher.appendReplacement(plain, "");
      int width = Integer.parseInt(matcher.group(2));
      char kind = matcher.group(1).charAt(0);
      inBody.add(new Field(plain.length(), width, kind));
      plain.repeat(filler(kind), width);
    }
    matcher.appendTail(plain);
    String head = head(endpoint, target, plain.length());
    List<Field> fields =
        inBody.stream()
            .map(field -> new Field(head.length() + field.at, field.width, field.kind))
            .toList();
    return new RequestTemplate((head + plain).getBytes(US_ASCII), head.length(), fields);
  }

  /** Makes a request with fields to set. */
  public Request request() {
    return new Request(this);
  }

  /** Returns the field's offset in the body. */
  public int offsetInBody(int field) {
    return fields.get(field).at - bodyAt;
  }

  /** Returns all bytes; fields have zeros, or an x for each character of a text. */
  byte[] bytes() {
    return bytes.clone();
  }

  List<Field> fields() {
    return fields;
  }

  private static String head(URI endpoint, String target, int bodyBytes) {
    String head =
        """
        POST / HTTP/1.1
        Host: %s
        Content-Type: application/x-amz-json-1.0
        X-Amz-Target: %s
        X-Amz-Date: 20260101T000000Z
        Authorization: AWS4-HMAC-SHA256 \
        Credential=ostraka/20260101/us-east-1/dynamodb/aws4_request, \
        SignedHeaders=host;x-amz-date;x-amz-target, \
        Signature=0000000000000000000000000000000000000000000000000000000000000000
        Content-Length: %d

        """
            .formatted(endpoint.getAuthority(), target, bodyBytes);
    return head.replace("\n", "\r\n");
  }

  private static char filler(char kind) {
    return kind == TEXT ? 'x' : '0';
  }
}
