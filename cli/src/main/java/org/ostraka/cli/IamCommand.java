package org.ostraka.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ostraka.identity.directory.AccessKeyEntries;
import org.ostraka.identity.directory.Account;
import org.ostraka.identity.directory.DirectoryException;
import org.ostraka.identity.directory.EntityKind;
import org.ostraka.identity.directory.Groups;
import org.ostraka.identity.directory.Identities;
import org.ostraka.identity.directory.Identity;
import org.ostraka.identity.directory.ManagedPolicies;
import org.ostraka.identity.directory.PolicyText;
import org.ostraka.identity.directory.Roles;
import org.ostraka.identity.directory.Users;
import org.ostraka.identity.wire.MalformedPolicyException;
import org.ostraka.identity.wire.PolicyTexts;
import org.ostraka.identity.wire.PolicyUse;
import org.ostraka.model.AccountId;
import org.ostraka.model.Tags;
import org.ostraka.options.Arguments;
import org.ostraka.options.BadArgumentsException;
import org.ostraka.options.Command;
import org.ostraka.options.Kind;
import org.ostraka.options.Option;
import org.ostraka.options.Parameter;
import org.ostraka.options.Program;
import org.ostraka.secret.MasterKeyException;
import org.ostraka.server.StoppedDirectory;
import org.ostraka.server.auth.Accounts;
import org.ostraka.server.auth.NewRootKey;
import org.ostraka.server.config.MasterKeyLocation;
import org.ostraka.storage.StorageException;
import org.ostraka.storage.rocksdb.DataDirectoryException;

/**
 * {@code ostraka iam ...}: principals in the data directory of a server that does not run. It makes
 * the first keys of accounts, and gets in again where no key is left; a running server speaks IAM's
 * own API. Options have the names of the AWS CLI. Stateless.
 */
final class IamCommand {
  static final String WORD = "iam";

  private static final int FAILED = 1;
  private static final String FILE = "file://";

  private static final Option<Path> DATA =
      Option.withDefault(
          "--data",
          Kind.path("DIR"),
          "ostraka-data",
          "The data directory; no server may be using it.");

  private static final Option<AccountId> ACCOUNT =
      Option.withDefault(
          "--account",
          new Kind<>("ID", "twelve digits", AccountId::new),
          Accounts.DEFAULT_ACCOUNT.value(),
          "The account.");

  private static final Option<Optional<String>> USER =
      Option.optional(
          "--user-name", Kind.text("NAME"), "The user (default: the account's root user).");

  private static final Option<String> KEY_ID =
      Option.required("--access-key-id", Kind.text("ID"), "The access key.");

  private static final Option<String> POLICY_NAME =
      Option.required("--policy-name", Kind.text("NAME"), "The policy's name.");

  private static final Option<String> POLICY_ARN =
      Option.required("--policy-arn", Kind.text("ARN"), "The managed policy's ARN.");

  private static final Option<String> DOCUMENT =
      Option.required(
          "--policy-document", Kind.text("JSON"), "The policy, or file:// and the name of a file.");

  private static final Option<String> TRUST =
      Option.required(
          "--assume-role-policy-document",
          Kind.text("JSON"),
          "Who may assume the role, or file:// and the name of a file.");

  /** Stands for all of these commands in the list of the program's commands. */
  static final Command LISTED =
      new Command(
          "ostraka iam",
          List.of(
              "Changes principals in the data directory of a server that does not run.",
              "A running server speaks IAM's own API: use the AWS CLI with --endpoint-url."),
          List.of(new Parameter("COMMAND", false, "The command to run; see COMMAND --help.")),
          List.of(),
          (given, _, _) -> {
            throw new BadArgumentsException(
                "name a command of iam"
                    + given.parameter().map(word -> ", not " + word).orElse("")
                    + "; ostraka iam --help lists them");
          });

  private static final Program PROGRAM =
      new Program("ostraka", Optional.of(Version::text), LISTED, commands());

  private IamCommand() {}

  /** Runs the command that the arguments name, of which the first is {@link #WORD}. */
  static int run(String[] arguments, PrintWriter out, PrintWriter err) {
    boolean isKnown =
        arguments.length > 1
            && PROGRAM.commands().stream()
                .anyMatch(command -> command.name().equals("ostraka iam " + arguments[1]));
    return PROGRAM.run(
        isKnown ? arguments : Arrays.copyOfRange(arguments, 1, arguments.length), out, err);
  }

  private static List<Command> commands() {
    List<Command> all = new ArrayList<>();
    all.add(
        withDirectory(
            "create-access-key",
            "Makes an access key and shows its secret, once.",
            List.of(USER),
            (given, directory, out) -> show(directory.createAccessKey(given.get(USER)), out)));
    all.add(
        withDirectory(
            "delete-access-key",
            "Deletes an access key.",
            List.of(USER, KEY_ID),
            (given, directory, _) ->
                directory.change(account ->
                    AccessKeyEntries.delete(account, given.get(USER), given.get(KEY_ID)))));
    all.add(
        withDirectory(
            "list-access-keys",
            "Lists access keys, and whether they are active.",
            List.of(USER),
            (given, directory, out) -> listKeys(directory.account(), given.get(USER), out)));
    all.add(
        withDirectory(
            "create-policy",
            "Adds a managed policy and shows its ARN.",
            List.of(POLICY_NAME, DOCUMENT),
            (given, directory, out) -> createPolicy(given, directory, out)));
    all.add(
        withDirectory(
            "delete-policy",
            "Deletes a managed policy.",
            List.of(POLICY_ARN),
            (given, directory, _) ->
                directory.change(
                    account -> ManagedPolicies.delete(account, given.get(POLICY_ARN)))));
    all.add(
        withDirectory(
            "list-policies",
            "Lists the managed policies by their ARNs.",
            List.of(),
            (_, directory, out) ->
                directory
                    .account()
                    .policies()
                    .forEach(policy -> out.println(policy.arn(directory.account().id())))));
    all.add(
        withDirectory(
            "simulate",
            "Says whether a request would be allowed, and what each statement has to do with it.",
            SimulateCommand.OPTIONS,
            SimulateCommand::run));
    for (EntityKind kind : List.of(EntityKind.USER, EntityKind.GROUP, EntityKind.ROLE)) {
      all.addAll(commands(kind));
    }
    return all;
  }

  private static List<Command> commands(EntityKind kind) {
    String noun = kind.noun();
    Option<String> name =
        Option.required("--" + noun + "-name", Kind.text("NAME"), "The name of the " + noun + ".");
    return List.of(
        withDirectory(
            "create-" + noun,
            "Adds a " + noun + ".",
            kind == EntityKind.ROLE ? List.of(name, TRUST) : List.of(name),
            (given, directory, _) -> create(kind, given.get(name), given, directory)),
        withDirectory(
            "delete-" + noun,
            "Deletes a " + noun + ".",
            List.of(name),
            (given, directory, _) ->
                directory.change(account -> delete(account, kind, given.get(name)))),
        withDirectory(
            "list-" + noun + "s",
            "Lists the " + noun + "s by their ARNs.",
            List.of(),
            (_, directory, out) -> list(directory.account(), kind, out)),
        withDirectory(
            "get-" + noun + "-policy",
            "Shows an embedded policy.",
            List.of(name, POLICY_NAME),
            (given, directory, out) ->
                out.println(
                    policy(directory.account(), kind, given.get(name), given.get(POLICY_NAME)))),
        withDirectory(
            "put-" + noun + "-policy",
            "Embeds a policy.",
            List.of(name, POLICY_NAME, DOCUMENT),
            (given, directory, _) -> {
              PolicyText policy = document(given.get(DOCUMENT), PolicyUse.IDENTITY);
              directory.change(account ->
                  Identities.putPolicy(
                      account, kind, given.get(name), given.get(POLICY_NAME), policy));
            }),
        withDirectory(
            "delete-" + noun + "-policy",
            "Deletes an embedded policy.",
            List.of(name, POLICY_NAME),
            (given, directory, _) ->
                directory.change(account ->
                    Identities.deletePolicy(
                        account, kind, given.get(name), given.get(POLICY_NAME)))),
        withDirectory(
            "attach-" + noun + "-policy",
            "Attaches a managed policy.",
            List.of(name, POLICY_ARN),
            (given, directory, _) ->
                directory.change(account ->
                    Identities.attach(account, kind, given.get(name), given.get(POLICY_ARN)))));
  }

  /** What a command does with the directory. */
  @FunctionalInterface
  private interface Work {
    void run(Arguments given, StoppedDirectory directory, PrintWriter out);
  }

  private static Command withDirectory(
      String word, String description, List<Option<?>> own, Work work) {
    List<Option<?>> options = new ArrayList<>(own);
    options.addAll(List.of(ACCOUNT, DATA));
    options.addAll(MasterKeyOptions.ALL);
    return new Command(
        "ostraka iam " + word,
        description,
        options,
        (given, out, err) -> run(given, out, err, work));
  }

  private static int run(Arguments given, PrintWriter out, PrintWriter err, Work work) {
    Path data = given.get(DATA);
    MasterKeyLocation masterKey =
        MasterKeyOptions.read(given, new MasterKeyLocation.InDirectory(data), System.getenv());
    try (StoppedDirectory directory = StoppedDirectory.open(data, masterKey, given.get(ACCOUNT))) {
      work.run(given, directory, out);
      return 0;
    } catch (DirectoryException refused) {
      err.println("ostraka: " + refused.code().wireName() + ": " + refused.why());
    } catch (MalformedPolicyException malformed) {
      err.println("ostraka: MalformedPolicyDocument: " + malformed.why());
    } catch (DataDirectoryException | StorageException | MasterKeyException unusable) {
      err.println("ostraka: " + unusable.getMessage());
    }
    return FAILED;
  }

  private static void create(
      EntityKind kind, String name, Arguments given, StoppedDirectory directory) {
    Optional<PolicyText> trust =
        kind == EntityKind.ROLE
            ? Optional.of(document(given.get(TRUST), PolicyUse.TRUST))
            : Optional.empty();
    directory.create(
        kind,
        name,
        (account, head) ->
            switch (kind) {
              case USER -> Users.create(account, head, Tags.NONE, Optional.empty());
              case GROUP -> Groups.create(account, head);
              case ROLE ->
                  Roles.create(
                      account,
                      head,
                      trust.orElseThrow(),
                      "",
                      Optional.empty(),
                      Tags.NONE,
                      Optional.empty());
              case POLICY, PROVIDER, ACCESS_KEY -> throw new IllegalArgumentException(kind.noun());
            });
  }

  private static void createPolicy(Arguments given, StoppedDirectory directory, PrintWriter out) {
    PolicyText policy = document(given.get(DOCUMENT), PolicyUse.IDENTITY);
    String name = given.get(POLICY_NAME);
    directory.create(
        EntityKind.POLICY,
        name,
        (account, head) -> ManagedPolicies.create(account, head, "", policy, Tags.NONE));
    out.println("arn:aws:iam::" + directory.account().id() + ":policy/" + name);
  }

  private static Account delete(Account account, EntityKind kind, String name) {
    return switch (kind) {
      case USER -> Users.delete(account, name);
      case GROUP -> Groups.delete(account, name);
      case ROLE -> Roles.delete(account, name);
      case POLICY, PROVIDER, ACCESS_KEY -> throw new IllegalArgumentException(kind.noun());
    };
  }

  private static void list(Account account, EntityKind kind, PrintWriter out) {
    for (Identity identity : account.identities()) {
      if (identity.key().kind() == kind) {
        out.println(identity.arn(account.id()));
      }
    }
  }

  private static void listKeys(Account account, Optional<String> user, PrintWriter out) {
    account
        .accessKeys(user.map(name -> Users.require(account, name)))
        .forEach(key -> out.println(key.id() + " " + (key.isActive() ? "Active" : "Inactive")));
  }

  private static String policy(Account account, EntityKind kind, String name, String policyName) {
    PolicyText found = Identities.require(account, kind, name).policies().inline().get(policyName);
    if (found == null) {
      throw new DirectoryException(
          DirectoryException.Code.NO_SUCH_ENTITY,
          "The " + kind.noun() + " policy with name " + policyName + " cannot be found.");
    }
    return found.text();
  }

  /** Reads a policy that an option has, or a file that it names. */
  static PolicyText document(String text, PolicyUse use) {
    if (!text.startsWith(FILE)) {
      return PolicyTexts.read(text, use);
    }
    Path file = Path.of(text.substring(FILE.length()));
    try {
      return PolicyTexts.read(Files.readString(file, StandardCharsets.UTF_8), use);
    } catch (IOException unreadable) {
      throw new BadArgumentsException(file + " cannot be read: " + unreadable.getMessage());
    }
  }

  private static void show(NewRootKey key, PrintWriter out) {
    out.println("AWS_ACCESS_KEY_ID=" + key.id());
    out.println("AWS_SECRET_ACCESS_KEY=" + key.secret().reveal());
  }
}
