package org.ostraka.engine.scaling;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.ostraka.model.error.InvalidNextTokenException;
import org.ostraka.model.error.ValidationException;
import org.ostraka.model.scaling.Paging;

/** One page of a list. Immutable. */
record Pages<T>(List<T> entries, Optional<String> nextToken) {
  private static final int MOST = 50;
  private static final String PREFIX = "scaling:";

  /**
   * Returns the page that is asked for. A token is the number of entries before it, so a list that
   * changes meanwhile may show an entry twice or not at all.
   */
  static <T> Pages<T> of(List<T> all, Paging paging) {
    int size = Objects.requireNonNullElse(paging.maxResults(), MOST);
    if (size < 1 || size > MOST) {
      throw new ValidationException("MaxResults must be between 1 and " + MOST);
    }
    String token = paging.nextToken();
    int from = token == null ? 0 : Math.min(position(token), all.size());
    int to = Math.min(all.size(), from + size);
    return new Pages<>(
        all.subList(from, to), to < all.size() ? Optional.of(token(to)) : Optional.empty());
  }

  private static String token(int position) {
    return Base64.getEncoder()
        .encodeToString((PREFIX + position).getBytes(StandardCharsets.US_ASCII));
  }

  private static int position(String token) {
    try {
      String text = new String(Base64.getDecoder().decode(token), StandardCharsets.US_ASCII);
      if (text.startsWith(PREFIX)) {
        return Integer.parseUnsignedInt(text.substring(PREFIX.length()));
      }
    } catch (IllegalArgumentException _) {
      // It is refused below.
    }
    throw new InvalidNextTokenException("The token is invalid");
  }
}
