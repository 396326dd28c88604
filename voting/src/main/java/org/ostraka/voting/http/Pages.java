package org.ostraka.voting.http;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The pages, as they are in the jar. Immutable. */
final class Pages {
  private static final String ROOT = "/org/ostraka/voting/pages/";
  private static final List<String> FILES =
      List.of(
          "index.html",
          "vote.html",
          "receipt.html",
          "results.html",
          "operator.html",
          "voting.css",
          "icon.svg",
          "openapi.json",
          "common.js",
          "index.js",
          "vote.js",
          "receipt.js",
          "proof.js",
          "results.js",
          "operator.js");

  private final Map<String, byte[]> files = new HashMap<>();

  Pages() throws IOException {
    for (String file : FILES) {
      try (InputStream in = Pages.class.getResourceAsStream(ROOT + file)) {
        if (in == null) {
          throw new IOException("the jar has no " + file);
        }
        files.put("/" + file, in.readAllBytes());
      }
    }
  }

  /** Sends a page if the request names one. */
  boolean serve(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    String file = path.equals("/") ? "/index.html" : path;
    byte[] body = files.get(file);
    if (body == null || !exchange.getRequestMethod().equals("GET")) {
      return false;
    }
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", type(file));
    headers.set("Cache-Control", "no-cache");
    headers.set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    exchange.sendResponseHeaders(Answer.OK, body.length);
    exchange.getResponseBody().write(body);
    return true;
  }

  private static String type(String file) {
    return switch (file.substring(file.lastIndexOf('.') + 1)) {
      case "html" -> "text/html; charset=utf-8";
      case "css" -> "text/css; charset=utf-8";
      case "json" -> "application/json";
      case "svg" -> "image/svg+xml";
      default -> "text/javascript; charset=utf-8";
    };
  }
}
