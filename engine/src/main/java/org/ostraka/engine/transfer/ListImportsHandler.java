package org.ostraka.engine.transfer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.ostraka.engine.gate.Action;
import org.ostraka.engine.gate.Gate;
import org.ostraka.engine.operation.OperationHandler;
import org.ostraka.model.Caller;
import org.ostraka.model.ImportDescription;
import org.ostraka.model.TableArn;
import org.ostraka.model.TransferArn;
import org.ostraka.model.operation.ListImports;
import org.ostraka.storage.Store;

/**
 * Carries out ListImports. Any thread.
 *
 * <p>Imports of a table stay listed when it is deleted (IMPORT-016).
 */
public final class ListImportsHandler
    implements OperationHandler<ListImports.Request, ListImports.Response> {
  private static final int LEAST_TOKEN_BYTES = 56;
  private static final int GROUP = 8;

  private final Gate gate;
  private final Imports imports;

  public ListImportsHandler(Gate gate, Store store) {
    this.gate = gate;
    this.imports = new Imports(store);
  }

  @Override
  public ListImports.Response handle(Caller caller, ListImports.Request request) {
    Optional<TransferArn> start =
        ListExportsHandler.start(TransferArn.Kind.IMPORT, arn(request.nextToken()));
    Optional<TableArn> table =
        Optional.ofNullable(request.tableArn()).map(ListExportsHandler::table);
    gate.admit(caller, Action.LIST_IMPORTS);
    List<ImportDescription> found =
        imports.all(caller.owner()).stream()
            .filter(each -> table.filter(arn -> !arn.equals(each.arn().table())).isEmpty())
            .filter(each -> start.filter(last -> each.arn().compareTo(last) >= 0).isEmpty())
            .toList();
    int limit = Optional.ofNullable(request.pageSize()).orElse(ListExportsHandler.PAGE);
    return found.size() <= limit
        ? new ListImports.Response(found, Optional.empty())
        : new ListImports.Response(
            found.subList(0, limit), Optional.of(token(found.get(limit - 1).arn())));
  }

  /** Returns an ARN as a token, which has at least 112 hexadecimal digits, in groups of 16. */
  static String token(TransferArn arn) {
    byte[] text = arn.toString().getBytes(StandardCharsets.UTF_8);
    int bytes = Math.max(LEAST_TOKEN_BYTES, Math.ceilDiv(text.length, GROUP) * GROUP);
    return HexFormat.of().formatHex(Arrays.copyOf(text, bytes));
  }

  static @Nullable String arn(@Nullable String token) {
    return token == null
        ? null
        : new String(HexFormat.of().parseHex(token), StandardCharsets.UTF_8).replace("\0", "");
  }
}
