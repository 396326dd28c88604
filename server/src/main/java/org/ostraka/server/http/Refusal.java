package org.ostraka.server.http;

import java.nio.charset.StandardCharsets;

/**
 * The answers to requests that fail as HTTP, before they reach the endpoint or because of an
 * internal failure. Names, statuses and messages are those of the page "Common errors" in the AWS
 * references, where that page has them.
 */
enum Refusal {
  MALFORMED(
      400,
      "com.amazon.coral.service#MalformedHttpRequestException",
      "Problems with the request at the HTTP level."),
  HOST_NOT_ALLOWED(
      403,
      "com.amazon.coral.service#AccessDeniedException",
      "The Host of the request is not one of this server's. The option --allowed-host names further ones."),
  ORIGIN_NOT_ALLOWED(
      403,
      "com.amazon.coral.service#AccessDeniedException",
      "The Origin of the request may not use this server. The option --allowed-origin allows further ones."),
  TLS_REQUIRED(
      400,
      "com.amazon.coral.service#MalformedHttpRequestException",
      "Problems with the request at the HTTP level. This port speaks TLS: the address begins with https."),
  BODY_NOT_COMPRESSED(
      400,
      "com.amazon.coral.service#MalformedHttpRequestException",
      "Problems with the request at the HTTP level. The body is not compressed as its Content-Encoding says."),
  CONTENT_ENCODING_UNKNOWN(
      415,
      "com.amazon.coral.service#MalformedHttpRequestException",
      "Problems with the request at the HTTP level. The supported values of Content-Encoding are gzip and deflate."),
  BODY_TOO_LARGE(
      413,
      "com.amazon.coral.service#RequestEntityTooLargeException",
      "Problems with the request at the HTTP level. The request entity is too large."),
  REQUEST_LINE_TOO_LONG(
      414,
      "com.amazon.coral.service#MalformedHttpRequestException",
      "Problems with the request at the HTTP level. The request line is too long."),
  HEADERS_TOO_LARGE(
      431,
      "com.amazon.coral.service#MalformedHttpRequestException",
      "Problems with the request at the HTTP level. The header section is too large."),
  TRANSFER_ENCODING_UNKNOWN(
      501,
      "com.amazon.coral.service#MalformedHttpRequestException",
      "Problems with the request at the HTTP level. The only supported Transfer-Encoding is chunked."),
  VERSION_UNSUPPORTED(
      505,
      "com.amazon.coral.service#MalformedHttpRequestException",
      "Problems with the request at the HTTP level. The only supported version is HTTP/1.1."),
  FAILED(
      500,
      "com.amazonaws.dynamodb.v20120810#InternalServerError",
      "The request processing has failed because of an unknown error, exception or failure."),
  OVERLOADED(
      503,
      "com.amazon.coral.service#ServiceUnavailableException",
      "The request has failed due to a temporary failure of the server.");

  private final HttpResponse response;

  Refusal(int status, String type, String message) {
    String json = "{\"__type\":\"" + type + "\",\"message\":\"" + message + "\"}";
    this.response = HttpResponse.json(status, json.getBytes(StandardCharsets.US_ASCII));
  }

  HttpResponse response() {
    return response;
  }

  /** Returns whether a web page that sent the request may read the refusal. */
  boolean isTold() {
    return this != HOST_NOT_ALLOWED && this != ORIGIN_NOT_ALLOWED;
  }
}
