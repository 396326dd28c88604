package org.ostraka.identity.session;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.ostraka.identity.signature.Secret;
import org.ostraka.model.AccountId;
import org.ostraka.model.Principal;
import org.ostraka.model.Session;
import org.ostraka.model.Tags;

/**
 * What a session token says. Immutable.
 *
 * @param end when requests are refused
 */
record SessionPayload(
    String accessKeyId,
    Secret secret,
    AccountId account,
    Principal holder,
    Instant end,
    Session details) {
  private static final int FORM = 1;
  private static final String ROOT = "root";
  private static final String USER = "user";
  private static final String ROLE = "role";
  private static final String FEDERATED = "federated";

  byte[] encoded() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(FORM);
      out.writeUTF(accessKeyId);
      out.writeUTF(secret.reveal());
      out.writeUTF(account.value());
      out.writeLong(end.toEpochMilli());
      out.writeLong(details.issued().orElse(Instant.EPOCH).toEpochMilli());
      write(out, holder());
      out.writeInt(details.tags().size());
      for (Map.Entry<String, String> tag : details.tags().byKey().entrySet()) {
        out.writeUTF(tag.getKey());
        out.writeUTF(tag.getValue());
      }
      out.writeInt(details.policies().size());
      for (String policy : details.policies()) {
        out.writeUTF(policy);
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException("memory can be written to", impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, Principal holder) throws IOException {
    switch (holder) {
      case Principal.Root _ -> write(out, ROOT);
      case Principal.User user -> write(out, USER, user.id(), user.path(), user.name());
      case Principal.RoleSession role ->
          write(out, ROLE, role.roleId(), role.path(), role.role(), role.session());
      case Principal.FederatedUser user ->
          write(out, FEDERATED, user.userId(), user.path(), user.user(), user.name());
      case Principal.AccessKey _, Principal.Service _ ->
          throw new IllegalArgumentException("nobody verified has a session");
    }
  }

  private static void write(DataOutputStream out, String... texts) throws IOException {
    for (String text : texts) {
      out.writeUTF(text);
    }
  }

  /** Reads what {@link #encoded} has written, which its seal vouches for. */
  static SessionPayload decoded(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != FORM) {
        throw new IllegalStateException("a session token has a form of a later version");
      }
      String id = in.readUTF();
      Secret secret = new Secret(in.readUTF());
      AccountId account = new AccountId(in.readUTF());
      Instant end = Instant.ofEpochMilli(in.readLong());
      Instant issued = Instant.ofEpochMilli(in.readLong());
      Principal holder = holder(in, account, id);
      Map<String, String> tags = new TreeMap<>();
      for (int left = in.readInt(); left > 0; left--) {
        String key = in.readUTF();
        tags.put(key, in.readUTF());
      }
      List<String> policies = new ArrayList<>();
      for (int left = in.readInt(); left > 0; left--) {
        policies.add(in.readUTF());
      }
      return new SessionPayload(
          id,
          secret,
          account,
          holder,
          end,
          new Session(Optional.of(issued), new Tags(tags), policies));
    } catch (IOException broken) {
      throw new UncheckedIOException("a sealed session token is too short", broken);
    }
  }

  private static Principal holder(DataInputStream in, AccountId account, String id)
      throws IOException {
    return switch (in.readUTF()) {
      case ROOT -> new Principal.Root(account, id);
      case USER -> new Principal.User(account, id, in.readUTF(), in.readUTF(), in.readUTF());
      case ROLE ->
          new Principal.RoleSession(
              account, id, in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
      case FEDERATED ->
          new Principal.FederatedUser(
              account, id, in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF());
      default -> throw new IllegalStateException("a session token has a holder of no known kind");
    };
  }
}
