package org.ostraka.server.query;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import javax.xml.parsers.DocumentBuilderFactory;
import org.ostraka.engine.catalogue.Catalogue;
import org.ostraka.engine.directory.Directory;
import org.ostraka.engine.directory.SecretSeal;
import org.ostraka.engine.iam.Iam;
import org.ostraka.engine.load.Room;
import org.ostraka.engine.operation.EngineSettings;
import org.ostraka.identity.directory.NewIds;
import org.ostraka.model.AccountId;
import org.ostraka.secret.AesGcm;
import org.ostraka.secret.MasterKeyInMemory;
import org.ostraka.server.audit.Recording;
import org.ostraka.server.auth.Accounts;
import org.ostraka.server.auth.Authentication;
import org.ostraka.server.auth.KnownKeys;
import org.ostraka.server.auth.UnsignedRequests;
import org.ostraka.server.http.HttpHeaders;
import org.ostraka.server.http.HttpRequest;
import org.ostraka.server.http.HttpResponse;
import org.ostraka.server.limit.FailureLimits;
import org.ostraka.server.work.HeavyWorks;
import org.ostraka.storage.HybridClock;
import org.ostraka.storage.Store;
import org.ostraka.storage.volume.MemoryVolume;
import org.ostraka.storage.volume.VolumeStore;
import org.ostraka.testkit.clock.ManualClock;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** IAM over a directory in memory, for the root user of one account. One thread. */
final class IdentityClient implements AutoCloseable {
  static final AccountId ACCOUNT = new AccountId("123456789012");

  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-28T12:00:00Z"));
  private final Store store;
  private final QueryEndpoint endpoint;

  IdentityClient() {
    store =
        new VolumeStore(
            new MemoryVolume(MemoryVolume.Steps.SOUND),
            new HybridClock(clock),
            Thread.ofPlatform().daemon().name("committer").factory(),
            cause -> {
              throw new AssertionError("the volume in memory failed", cause);
            });
    Catalogue catalogue = Catalogue.open(store, clock, EngineSettings.DEFAULT);
    SplittableRandom random = new SplittableRandom(7);
    byte[] master = new byte[AesGcm.KEY_BYTES];
    Directory directory =
        Directory.open(
            store, catalogue.sharedChanges(), new SecretSeal(store, new MasterKeyInMemory(master)));
    endpoint =
        new QueryEndpoint(
            new QueryServices(
                () -> List.of(IdentityService.over(new Iam(directory, new NewIds(random), clock)))),
            Authentication.of(
                KnownKeys.ofRoot(Optional.empty(), Accounts.single(ACCOUNT)),
                Accounts.single(ACCOUNT),
                Set.of(),
                clock,
                HeavyWorks.SHARED,
                new FailureLimits(System::nanoTime, 1)),
            new UnsignedRequests(new FailureLimits(System::nanoTime, 1)),
            () -> new UUID(1, 2),
            Recording.NONE);
  }

  /** Returns the answer to an operation with these names and values of parameters. */
  Reply call(String action, String... parameters) {
    StringBuilder form = new StringBuilder("Version=2010-05-08&Action=" + action);
    for (int i = 0; i < parameters.length; i += 2) {
      form.append('&')
          .append(parameters[i])
          .append('=')
          .append(URLEncoder.encode(parameters[i + 1], StandardCharsets.UTF_8));
    }
    byte[] body = form.toString().getBytes(StandardCharsets.UTF_8);
    HttpHeaders headers =
        HttpHeaders.of(
            "Host",
            "localhost",
            "Content-Type",
            "application/x-www-form-urlencoded",
            "X-Amz-Date",
            "20261128T120000Z",
            "Authorization",
            "AWS4-HMAC-SHA256 Credential=any/20261128/us-east-1/iam/aws4_request,"
                + " SignedHeaders=host, Signature=0");
    HttpResponse response =
        endpoint
            .answer(
                new HttpRequest("POST", "/", Optional.empty(), headers, body, body, Room.ENDLESS))
            .orElseThrow();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      response.body().writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new Reply(response.status(), bytes.toString(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    store.close();
  }

  /** An answer. Immutable. */
  record Reply(int status, String text) {
    /** Returns the texts of all elements of a name. */
    List<String> all(String element) {
      try {
        Element root =
            DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .getDocumentElement();
        NodeList found = root.getElementsByTagName(element);
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
          texts.add(found.item(i).getTextContent());
        }
        return texts;
      } catch (Exception broken) {
        throw new AssertionError("no XML: " + text, broken);
      }
    }

    /** Returns the text of the only element of a name. */
    String only(String element) {
      List<String> texts = all(element);
      if (texts.size() != 1) {
        throw new AssertionError(texts.size() + " elements " + element + " in " + text);
      }
      return texts.getFirst();
    }

    /** Returns the status, code and message of a refusal. */
    String refusal() {
      return status + " " + only("Code") + ": " + only("Message");
    }
  }
}
