package org.ostraka.server.http;

import io.helidon.common.GenericType;
import io.helidon.http.Headers;
import io.helidon.http.WritableHeaders;
import io.helidon.http.media.EntityReader;
import io.helidon.http.media.EntityWriter;
import io.helidon.http.media.MediaContext;
import io.helidon.http.media.MediaContextConfig;

/** No media types of Helidon's: bodies are bytes. Immutable. */
final class NoMedia implements MediaContext {
  @Override
  public <T> EntityReader<T> reader(GenericType<T> type, Headers headers) {
    throw unsupported(type);
  }

  @Override
  public <T> EntityWriter<T> writer(
      GenericType<T> type, Headers requestHeaders, WritableHeaders<?> responseHeaders) {
    throw unsupported(type);
  }

  @Override
  public <T> EntityReader<T> reader(
      GenericType<T> type, Headers requestHeaders, Headers responseHeaders) {
    throw unsupported(type);
  }

  @Override
  public <T> EntityWriter<T> writer(GenericType<T> type, WritableHeaders<?> requestHeaders) {
    throw unsupported(type);
  }

  @Override
  public MediaContextConfig prototype() {
    throw new UnsupportedOperationException("it was not made from settings");
  }

  private static UnsupportedOperationException unsupported(GenericType<?> type) {
    return new UnsupportedOperationException("bodies are bytes, not " + type);
  }
}
