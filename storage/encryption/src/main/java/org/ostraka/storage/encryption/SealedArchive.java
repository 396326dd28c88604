package org.ostraka.storage.encryption;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.ostraka.model.Bytes;
import org.ostraka.secret.AesGcm;
import org.ostraka.secret.MasterKey;
import org.ostraka.storage.CorruptDataException;
import org.ostraka.storage.StorageFailedException;
import org.ostraka.storage.archive.Archive;
import org.ostraka.storage.archive.ConditionalPut;

/**
 * An archive that encrypts what it gives to another archive. Any thread.
 *
 * <p>Objects are sealed under a data key of the archive, with their names as the context. The data
 * key is an object itself, wrapped by the master key, so that the archive and the master key are
 * enough to read the archive. It is made when it is first needed.
 */
public final class SealedArchive implements Archive {
  /** The object that is the wrapped data key. */
  private static final String KEY = "key";

  private static final String CONTEXT = "ostraka archive";
  private static final byte[] NO_HEAD = new byte[0];

  private final Archive below;
  private final MasterKey master;
  private Optional<AesGcm> known = Optional.empty();

  public SealedArchive(Archive below, MasterKey master) {
    this.below = below;
    this.master = master;
  }

  /** Wraps the data key again if there is one, so that an earlier master key is needed no more. */
  public synchronized void wrapAgain() {
    below
        .read(KEY)
        .ifPresent(
            wrapped -> below.put(KEY, master.wrap(master.unwrap(wrapped, CONTEXT), CONTEXT)));
  }

  private synchronized AesGcm cipher() {
    if (known.isEmpty()) {
      byte[] key =
          below.read(KEY).map(wrapped -> master.unwrap(wrapped, CONTEXT)).orElseGet(this::newKey);
      known = Optional.of(new AesGcm(key));
    }
    return known.get();
  }

  private byte[] newKey() {
    var _ = below.putIfAbsent(KEY, master.wrap(AesGcm.newKey(), CONTEXT));
    // Another server may have stored its key at the same time: the key that is kept is the
    // archive's.
    return below
        .read(KEY)
        .map(wrapped -> master.unwrap(wrapped, CONTEXT))
        .orElseThrow(() -> new StorageFailedException("the archive does not keep its key"));
  }

  @Override
  public void put(String name, Bytes content) {
    below.put(name, sealed(name, content));
  }

  private Bytes sealed(String name, Bytes content) {
    return Bytes.wrap(cipher().seal(NO_HEAD, content.array(), context(name)));
  }

  @Override
  public ConditionalPut putIfAbsent(String name, Bytes content) {
    return below.putIfAbsent(name, sealed(name, content));
  }

  @Override
  public Optional<Bytes> read(String name) {
    return below.read(name).map(sealed -> open(name, sealed));
  }

  private Bytes open(String name, Bytes sealed) {
    return cipher()
        .open(sealed.array(), 0, context(name))
        .map(Bytes::wrap)
        .orElseThrow(() ->
            new CorruptDataException(
                "object " + name + " of the archive is damaged, or was sealed under another key"));
  }

  private static byte[] context(String name) {
    return name.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public List<String> list(String prefix) {
    return below.list(prefix).stream().filter(name -> !name.equals(KEY)).toList();
  }

  @Override
  public void stop() {
    below.stop();
  }

  @Override
  public void delete(String name) {
    below.delete(name);
  }
}
