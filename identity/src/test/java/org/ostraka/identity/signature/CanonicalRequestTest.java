package org.ostraka.identity.signature;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Paths, queries and header values as they are signed. */
final class CanonicalRequestTest {
  @ParameterizedTest
  @CsvSource({
    "'', /",
    "/, /",
    "//, /",
    "/.., /",
    "/a/../.., /",
    "/a/./b, /a/b",
    "/a//b/, /a/b/",
    "/a/b/., /a/b/",
    "/a/b/.., /a/",
    "/a%20b, /a%2520b",
    "/é, /%C3%A9",
    "/a:b, /a%3Ab"
  })
  void pathsAreNormalizedAndEncodedOnceMore(String path, String canonical) {
    assertThat(CanonicalRequest.path(path)).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource({
    "'', ''",
    "b=2&a=1&a=0, a=0&a=1&b=2",
    "a, a=",
    "&&a=&, a=",
    "a=b=c, a=b%3Dc",
    "a=%7e%2f%41, a=~%2FA",
    "a=b+c, a=b%20c",
    "a=%zz&b=%2, a=%25zz&b=%252",
    "a=1&X-Amz-Signature=2, a=1",
    "B=1&a=2&A=3, A=3&B=1&a=2"
  })
  void queriesAreDecodedEncodedAndSorted(String query, String canonical) {
    assertThat(QueryString.of(query).canonical()).isEqualTo(canonical);
  }

  @Test
  void valuesAreTrimmedAndJoinedAndAbsentHeadersAreEmpty() {
    SignedRequest request = RequestText.parse("GET / HTTP/1.1\nb:  x \t y  \nA:1\nb:\nb: z, w");
    assertThat(CanonicalRequest.of(request, QueryString.of(""), SignedHeaders.of("b;a;c")))
        .isEqualTo("GET\n/\n\na:1\nb:x y,,z, w\nc:\n\na;b;c\n" + Signed.sha256(""));
  }

  @Test
  void aLongListOfOneNameIsNotLonger() {
    SignedRequest request = RequestText.parse("GET / HTTP/1.1\na:1");
    assertThat(
            CanonicalRequest.of(request, QueryString.of(""), SignedHeaders.of("a;".repeat(1000))))
        .isEqualTo("GET\n/\n\na:1\n\na\n" + Signed.sha256(""));
  }
}
