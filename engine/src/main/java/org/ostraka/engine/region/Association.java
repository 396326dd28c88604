package org.ostraka.engine.region;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ostraka.engine.catalogue.StoredDescription;
import org.ostraka.engine.encoding.Attributes;
import org.ostraka.engine.encoding.ItemEncoding;
import org.ostraka.engine.gate.CrossAccountCaller;
import org.ostraka.identity.policy.Requester;
import org.ostraka.model.AccountId;
import org.ostraka.model.Bytes;
import org.ostraka.model.TableArn;
import org.ostraka.model.TableDescription;
import org.ostraka.model.error.AccessDeniedException;
import org.ostraka.model.error.ApiException;
import org.ostraka.model.error.ResourceInUseException;
import org.ostraka.model.error.ResourceNotFoundException;
import org.ostraka.model.error.ValidationException;

/**
 * A request to make a table of another account a replica. It goes to every existing replica, and
 * then once more to the source, which adds the new replica. Immutable.
 *
 * @param member the existing replica that is asked
 * @param replica the replica that is to be added
 * @param caller the caller who creates it
 * @param step what is asked for
 */
public record Association(TableArn member, TableArn replica, CrossAccountCaller caller, Step step) {
  /** The steps in which a replica is added. */
  public enum Step {
    /** A replica says whether it agrees; nothing changes. */
    CHECK,
    /** The source adds the replica. */
    ADD
  }

  /** What a replica answers. */
  public sealed interface Answer {
    /** The replica agrees; this is its description. */
    record Agreed(TableDescription description) implements Answer {}

    /** The replica refuses. */
    record Refused(ApiException error) implements Answer {}

    /** Returns the answer as bytes. Part of the protocol between regions. */
    default Bytes encoded() {
      return switch (this) {
        case Agreed(TableDescription description) ->
            ItemEncoding.encode(
                new Attributes().map("description", StoredDescription.of(description)).item());
        case Refused(ApiException error) ->
            ItemEncoding.encode(
                new Attributes().text("error", error.wireName()).text("text", error.text()).item());
      };
    }

    /**
     * Reads an answer.
     *
     * @throws IllegalArgumentException when the bytes are not an answer
     */
    static Answer of(Bytes encoded) {
      Attributes attributes = new Attributes(ItemEncoding.decode(encoded).attributes());
      Optional<String> error = attributes.optionalText("error");
      if (error.isEmpty()) {
        return new Agreed(StoredDescription.description(attributes.map("description")));
      }
      String text = attributes.text("text");
      return new Refused(
          switch (error.get()) {
            case "AccessDeniedException" -> new AccessDeniedException(text);
            case "ResourceInUseException" -> new ResourceInUseException(text);
            case "ResourceNotFoundException" -> new ResourceNotFoundException(text);
            default -> new ValidationException(text);
          });
    }
  }

  /** Returns the request as bytes. Part of the protocol between regions. */
  public Bytes encoded() {
    List<Attributes> keys = new ArrayList<>();
    caller
        .keys()
        .forEach((name, values) ->
            keys.add(new Attributes().text("name", name).texts("values", values)));
    return ItemEncoding.encode(
        new Attributes()
            .text("member", member.toString())
            .text("replica", replica.toString())
            .map("requester", requester(caller.requester()))
            .list("keys", keys)
            .flag("adds", step == Step.ADD)
            .item());
  }

  /**
   * Reads a request.
   *
   * @throws IllegalArgumentException when the bytes are not a request
   */
  public static Association of(Bytes encoded) {
    Attributes attributes = new Attributes(ItemEncoding.decode(encoded).attributes());
    Map<String, List<String>> keys = new HashMap<>();
    attributes.list("keys").forEach(each -> keys.put(each.text("name"), each.texts("values")));
    return new Association(
        arn(attributes, "member"),
        arn(attributes, "replica"),
        new CrossAccountCaller(requester(attributes.map("requester")), keys),
        attributes.flag("adds") ? Step.ADD : Step.CHECK);
  }

  private static TableArn arn(Attributes attributes, String name) {
    return TableArn.parse(attributes.text(name)).orElseThrow(IllegalArgumentException::new);
  }

  private static Attributes requester(Requester requester) {
    Attributes attributes = new Attributes().text("arn", requester.arn());
    requester.account().ifPresent(account -> attributes.text("account", account.value()));
    requester.sourceArn().ifPresent(source -> attributes.text("source", source));
    return attributes.text("kind", kind(requester));
  }

  /** Returns the word of the protocol for a kind of caller; these words never change. */
  private static String kind(Requester requester) {
    return switch (requester) {
      case Requester.Root _ -> "Root";
      case Requester.User _ -> "User";
      case Requester.RoleSession _ -> "RoleSession";
      case Requester.FederatedUser _ -> "FederatedUser";
      case Requester.WebIdentity _, Requester.Service _ ->
          throw new IllegalArgumentException(requester.arn() + " creates no table");
    };
  }

  private static Requester requester(Attributes attributes) {
    AccountId account = new AccountId(attributes.text("account"));
    String arn = attributes.text("arn");
    return switch (attributes.text("kind")) {
      case "Root" -> new Requester.Root(account);
      case "User" -> new Requester.User(account, arn);
      case "RoleSession" -> new Requester.RoleSession(account, attributes.text("source"), arn);
      case "FederatedUser" -> new Requester.FederatedUser(account, attributes.text("source"), arn);
      default -> throw new IllegalArgumentException("no such requester");
    };
  }
}
