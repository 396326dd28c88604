package org.ostraka.storage.rocksdb;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/** Damages one file in one of many ways. Stateless. */
enum RandomDamage {
  BIT {
    @Override
    byte[] damage(byte[] content, RandomGenerator random) {
      content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      return content;
    }
  },
  BIT_NEAR_THE_END {
    @Override
    byte[] damage(byte[] content, RandomGenerator random) {
      int at = content.length - 1 - random.nextInt(Math.min(content.length, 100));
      content[at] ^= (byte) (1 << random.nextInt(Byte.SIZE));
      return content;
    }
  },
  CUT {
    @Override
    byte[] damage(byte[] content, RandomGenerator random) {
      return Arrays.copyOf(content, random.nextInt(content.length));
    }
  },
  CUT_A_LITTLE {
    @Override
    byte[] damage(byte[] content, RandomGenerator random) {
      return Arrays.copyOf(content, Math.max(0, content.length - 1 - random.nextInt(20)));
    }
  },
  ZEROS {
    @Override
    byte[] damage(byte[] content, RandomGenerator random) {
      int from = random.nextInt(content.length);
      Arrays.fill(
          content, from, Math.min(content.length, from + 1 + random.nextInt(5000)), (byte) 0);
      return content;
    }
  },
  ZEROS_TO_THE_END {
    @Override
    byte[] damage(byte[] content, RandomGenerator random) {
      Arrays.fill(content, random.nextInt(content.length), content.length, (byte) 0);
      return content;
    }
  },
  OTHER_BYTES {
    @Override
    byte[] damage(byte[] content, RandomGenerator random) {
      byte[] other = new byte[1 + random.nextInt(Math.min(content.length, 600))];
      random.nextBytes(other);
      System.arraycopy(
          other, 0, content, random.nextInt(content.length - other.length + 1), other.length);
      return content;
    }
  },
  EMPTIED {
    @Override
    byte[] damage(byte[] content, RandomGenerator random) {
      return new byte[0];
    }
  };

  abstract byte[] damage(byte[] content, RandomGenerator random);

  /** Damages or deletes a file, and says how. */
  static String of(Path file, RandomGenerator random) throws IOException {
    byte[] content = Files.readAllBytes(file);
    if (content.length == 0 || random.nextInt(8) == 0) {
      Files.delete(file);
      return file.getFileName() + " of " + content.length + " bytes, deleted";
    }
    RandomDamage how = values()[random.nextInt(values().length)];
    byte[] before = content.clone();
    byte[] damaged = how.damage(content, random);
    Files.write(file, damaged);
    int first = Arrays.mismatch(before, damaged);
    return "%s of %d bytes, %s, first at %d"
        .formatted(file.getFileName(), before.length, how, first);
  }

  /** Damages any of some files. */
  static Path anyOf(List<Path> files, RandomGenerator random) {
    return files.get(random.nextInt(files.size()));
  }
}
