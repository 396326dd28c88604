package org.ostraka.engine.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.ostraka.model.Bytes;
import org.ostraka.model.Principal;
import org.ostraka.model.TableArn;
import org.ostraka.storage.CorruptDataException;

final class ChangeRecordTest {
  private static final Bytes KEY = Bytes.of(1, 2, 3);
  private static final Bytes BEFORE = Bytes.of(4, 5);
  private static final Bytes AFTER = Bytes.of(6);

  @Test
  void theBytesAreFormatAndKindAndFivePartsEachAfterItsLength() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(1);
    out.writeByte(2);
    for (String text : new String[] {table("votes").toString(), "key:someone"}) {
      out.writeInt(text.length());
      out.write(text.getBytes(StandardCharsets.US_ASCII));
    }
    out.writeInt(3);
    out.write(new byte[] {1, 2, 3});
    out.writeInt(2);
    out.write(new byte[] {4, 5});
    out.writeInt(-1);

    ChangeRecord record =
        new ChangeRecord(
            table("votes"),
            new Principal.AccessKey("someone"),
            ChangeRecord.Kind.REMOVE,
            KEY,
            Optional.of(BEFORE),
            Optional.empty());

    assertThat(record.encoded()).isEqualTo(Bytes.wrap(bytes.toByteArray()));
    assertThat(ChangeRecord.of(record.encoded())).isEqualTo(record);
  }

  @Test
  void aReaderTellsTablesAndActorsOfFollowingRecordsApart() {
    ChangeRecord.Reader reader = new ChangeRecord.Reader();
    Principal someone = new Principal.AccessKey("someone");
    Principal other = new Principal.AccessKey("other");

    for (ChangeRecord record :
        Arrays.asList(
            record("votes", someone),
            record("votes", other),
            record("polls", other),
            record("polls", Principal.Service.EXPIRY),
            record("votes", someone))) {
      assertThat(reader.read(record.encoded())).isEqualTo(record);
    }
  }

  @Test
  void damagedRecordsAreRefused() {
    byte[] whole = record("votes", Principal.Service.EXPIRY).encoded().array();

    for (int bytes = 0; bytes < whole.length; bytes++) {
      Bytes cut = Bytes.wrap(Arrays.copyOf(whole, bytes));
      assertThatThrownBy(() -> ChangeRecord.of(cut)).isInstanceOf(CorruptDataException.class);
    }
    Bytes longer = Bytes.wrap(Arrays.copyOf(whole, whole.length + 1));
    assertThatThrownBy(() -> ChangeRecord.of(longer)).isInstanceOf(CorruptDataException.class);
  }

  private static ChangeRecord record(String table, Principal actor) {
    return new ChangeRecord(
        table(table),
        actor,
        ChangeRecord.Kind.MODIFY,
        KEY,
        Optional.of(BEFORE),
        Optional.of(AFTER));
  }

  private static TableArn table(String name) {
    return TableArn.parse("arn:aws:dynamodb:eu-central-1:000000000000:table/" + name).orElseThrow();
  }
}
