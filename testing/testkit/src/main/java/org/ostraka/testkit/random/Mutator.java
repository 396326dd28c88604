package org.ostraka.testkit.random;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Generates sound texts and damages most of them: it flips bits, leaves out, doubles or cuts off
 * parts, copies parts of another text, and inserts words that are awkward in the wrong place, once
 * or very often. Immutable.
 *
 * <p>A text can stand for bytes: each character from 0 to 255 is a byte.
 */
public final class Mutator implements Generator<String> {
  private static final int MAX_MUTATIONS = 4;
  private static final int MAX_PART = 30;

  /** A text of this length is not made longer; it is enough for nesting beyond every limit. */
  private static final int MAX_CHARS = 10_000;

  private static final int MAX_REPEATS_BITS = 12;

  private final Generator<String> sound;
  private final List<String> words;
  private final int characterBits;

  private Mutator(Generator<String> sound, List<String> words, int characterBits) {
    this.sound = sound;
    this.words = List.copyOf(words);
    this.characterBits = characterBits;
  }

  /** Mutates texts. Characters become any others, including halves of surrogate pairs. */
  public static Mutator ofText(Generator<String> sound, List<String> words) {
    return new Mutator(sound, words, Character.SIZE);
  }

  /** Mutates texts that stand for bytes. Bytes become any others. */
  public static Mutator ofBytes(Generator<String> sound, List<String> words) {
    return new Mutator(sound, words, Byte.SIZE);
  }

  /** Mutates the bytes of texts in UTF-8. Bytes become any others. */
  public static Mutator ofUtf8(Generator<String> sound, List<String> words) {
    return ofBytes(random -> utf8(sound.next(random)), words.stream().map(Mutator::utf8).toList());
  }

  /** Returns the text that stands for bytes. */
  public static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** Returns the bytes for which a text stands. */
  public static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public String next(RandomGenerator random) {
    String text = sound.next(random);
    // Nearly half of the texts stay sound; a quarter is damaged once.
    for (int i = random.nextInt(1 + random.nextInt(MAX_MUTATIONS + 1)); i > 0; i--) {
      text = mutated(text, random);
    }
    return text;
  }

  private String mutated(String text, RandomGenerator random) {
    int at = random.nextInt(text.length() + 1);
    int end = Math.min(text.length(), at + random.nextInt(MAX_PART));
    return switch (random.nextInt(11)) {
      case 0 -> spliced(text, at, at, word(random));
      case 1 -> spliced(text, at, end, word(random));
      case 2 -> spliced(text, at, end, "");
      case 3 -> spliced(text, at, at, part(text, random));
      case 4 -> spliced(text, at, at, part(sound.next(random), random));
      case 5 -> spliced(text, at, end, part(sound.next(random), random));
      case 6 -> random.nextInt(4) == 0 ? text.substring(at) : text.substring(0, at);
      case 7 -> changed(text, at, random);
      case 8 -> spliced(text, at, at, String.valueOf((char) random.nextInt(1 << characterBits)));
      case 9 -> spliced(text, at, at, repeated(part(text, random), random));
      default -> spliced(text, at, at, repeated(word(random), random));
    };
  }

  private String changed(String text, int at, RandomGenerator random) {
    if (at == text.length()) {
      return text;
    }
    char flipped = (char) (text.charAt(at) ^ (1 << random.nextInt(characterBits)));
    return spliced(text, at, at + 1, String.valueOf(flipped));
  }

  private String word(RandomGenerator random) {
    return words.get(random.nextInt(words.size()));
  }

  private static String part(String text, RandomGenerator random) {
    int from = random.nextInt(text.length() + 1);
    return text.substring(from, Math.min(text.length(), from + random.nextInt(MAX_PART)));
  }

  /** Repeats the part, mostly a few times, seldom thousands of times. */
  private static String repeated(String part, RandomGenerator random) {
    int times = random.nextInt(1 << random.nextInt(MAX_REPEATS_BITS + 1));
    return part.repeat(Math.min(times, MAX_CHARS / Math.max(1, part.length())));
  }

  private static String spliced(String text, int from, int to, String middle) {
    return text.length() > MAX_CHARS
        ? text
        : text.substring(0, from).concat(middle).concat(text.substring(to));
  }

  private static String utf8(String text) {
    return text(text.getBytes(StandardCharsets.UTF_8));
  }
}
