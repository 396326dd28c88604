package org.ostraka.server.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.ostraka.engine.load.Allowance;
import org.ostraka.engine.load.HeavyRows;
import org.ostraka.engine.load.OverloadedException;
import org.ostraka.engine.load.Room;
import org.ostraka.engine.load.SharedRoom;
import org.ostraka.engine.load.TooMuchWorkException;
import org.ostraka.testkit.random.RandomCase;

/** Answers are kept while there is room, and otherwise made again while they are sent. */
final class JsonAnswerTest {
  private static final int CASES = 300;
  private static final int KILOBYTE = 1024;

  /** Returns random members of up to some hundred kilobytes. */
  @Test
  void anAnswerIsTheSameKeptOrTold(TestInfo test) throws IOException {
    RandomCase cases = RandomCase.of(test);
    for (int i = 0; i < CASES; i++) {
      int index = i;
      Consumer<JsonOutput> members = json -> members(cases.branch(index), json);
      byte[] expected = Json.object(members);
      assertSame(JsonAnswer.object(members, ownThread(1 << 20), JsonAnswer.Kind.DONE), expected);
      assertSame(JsonAnswer.object(members, ownThread(40), JsonAnswer.Kind.DONE), expected);
    }
  }

  @Test
  void anAnswerBeyondFourMegabytesIsToldAgain() throws IOException {
    Consumer<JsonOutput> members =
        json -> json.writeStringProperty("a", "x".repeat(5 * KILOBYTE * KILOBYTE));
    Room room = new SharedRoom(100L << 20, Duration.ZERO).share();
    Allowance allowance = Allowance.onOwnThread(room, Room.ENDLESS, new HeavyRows());
    allowance.holdAnswer(300 * KILOBYTE);
    JsonBody body = JsonAnswer.object(members, allowance, JsonAnswer.Kind.REPEATABLE);
    assertThat(body).isInstanceOf(JsonBody.Told.class);
    assertSame(body, Json.object(members));
    assertThat(allowance.answerBytes()).isEqualTo(300 * KILOBYTE);
  }

  @Test
  void aKeptAnswerHoldsWhatItTakes() {
    Consumer<JsonOutput> members = json -> json.writeStringProperty("a", "x".repeat(100_000));
    Allowance allowance = ownThread(1 << 20);
    allowance.holdAnswer(300 * KILOBYTE);
    JsonBody body = JsonAnswer.object(members, allowance, JsonAnswer.Kind.REPEATABLE);
    assertThat(body).isInstanceOf(JsonBody.Whole.class);
    assertThat(allowance.answerBytes()).isEqualTo(body.length());
  }

  @Test
  void aShortAnswerWithoutRoomIsRefusedUnlessItMustBeTold() throws IOException {
    Consumer<JsonOutput> members = json -> json.writeStringProperty("a", "x".repeat(20_000));
    assertThatThrownBy(() -> JsonAnswer.object(members, ownThread(1), JsonAnswer.Kind.REPEATABLE))
        .isInstanceOf(OverloadedException.class);
    assertSame(
        JsonAnswer.object(members, ownThread(1), JsonAnswer.Kind.DONE), Json.object(members));
  }

  @Test
  void aLongAnswerIsNotMadeOnASharedThread() {
    Consumer<JsonOutput> members = json -> json.writeStringProperty("a", "x".repeat(20 << 20));
    Allowance shared = Allowance.onSharedThread(Room.ENDLESS, Room.ENDLESS, new HeavyRows());
    assertThatThrownBy(() -> JsonAnswer.object(members, shared, JsonAnswer.Kind.DONE))
        .isInstanceOf(TooMuchWorkException.class);
  }

  @Test
  void aClientThatIsGoneEndsTheTelling() {
    JsonBody body =
        new JsonBody.Told(json -> members(new java.util.SplittableRandom(1), json), 1, 1);
    IOException gone = new IOException("gone");
    assertThatThrownBy(() ->
            body.writeTo(
                new java.io.OutputStream() {
                  @Override
                  public void write(int b) throws IOException {
                    throw gone;
                  }
                }))
        .isSameAs(gone);
  }

  private static void assertSame(JsonBody body, byte[] expected) throws IOException {
    CRC32 crc = new CRC32();
    crc.update(expected);
    assertThat(body.length()).isEqualTo(expected.length);
    assertThat(body.crc32()).isEqualTo(crc.getValue());
    for (int time = 0; time < 2; time++) {
      ByteArrayOutputStream written = new ByteArrayOutputStream();
      body.writeTo(written);
      assertThat(written.toByteArray()).isEqualTo(expected);
    }
  }

  private static Allowance ownThread(int kilobytes) {
    Room room = new SharedRoom((long) kilobytes * KILOBYTE, Duration.ZERO).share();
    return Allowance.onOwnThread(room, Room.ENDLESS, new HeavyRows());
  }

  private static void members(RandomGenerator random, JsonOutput json) {
    int count = random.nextInt(40);
    for (int i = 0; i < count; i++) {
      json.writeName("n" + i);
      int length = random.nextInt(random.nextInt(4) == 0 ? 70_000 : 100);
      byte[] utf8 = "\"xé\n".repeat(length / 4 + 1).getBytes(StandardCharsets.UTF_8);
      switch (random.nextInt(4)) {
        case 0 -> json.writeString("y\"".repeat(length / 2));
        case 1 -> json.writeString(utf8, 0, utf8.length);
        case 2 -> json.writeBinary(utf8, 0, utf8.length);
        default -> json.writeStartArray().writeNumber(i).writeBoolean(true).writeEndArray();
      }
    }
  }
}
