package org.ostraka.benchmarks.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
 * signing takes no time. If the environment has a root key, each request is signed with it instead.
 */
public final class RequestTemplate {

  /** A field that changes: its offset, its width in bytes, and its kind. */
  record Field(int at, int width, char kind) {}

  static final char DIGITS = 'd';
  static final char NUMBER = 'n';
  static final char TEXT = 't';

  private static final Pattern FIELD = Pattern.compile("@([dnt])(\\d{1,6})@");

  private final byte[] bytes;
  private final RequestHead head;
  private final Optional<LoadKey> key;
  private final List<Field> fields;

  private RequestTemplate(
      byte[] bytes, RequestHead head, Optional<LoadKey> key, List<Field> fields) {
    this.bytes = bytes;
    this.head = head;
    this.key = key;
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
    return ofTarget(endpoint, target, body, LoadKey.OF_ENVIRONMENT);
  }

  static RequestTemplate ofTarget(URI endpoint, String target, String body, Optional<LoadKey> key) {
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
    RequestHead head = RequestHead.of(endpoint.getAuthority(), target, plain.length(), key);
    List<Field> fields =
        inBody.stream()
            .map(field -> new Field(head.bodyAt() + field.at, field.width, field.kind))
            .toList();
    return new RequestTemplate((head.text() + plain).getBytes(US_ASCII), head, key, fields);
  }

  /** Makes a request with fields to set. */
  public Request request() {
    return new Request(this);
  }

  /** Returns the field's offset in the body. */
  public int offsetInBody(int field) {
    return fields.get(field).at - head.bodyAt();
  }

  /** Returns all bytes; fields have zeros, or an x for each character of a text. */
  byte[] bytes() {
    return bytes.clone();
  }

  /** Returns what signs the requests, if they are signed. */
  Optional<RequestSignature> signature() {
    return key.map(each -> new RequestSignature(each, head, InstantSource.system()));
  }

  List<Field> fields() {
    return fields;
  }

  private static char filler(char kind) {
    return kind == TEXT ? 'x' : '0';
  }
}
