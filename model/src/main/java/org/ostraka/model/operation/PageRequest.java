package org.ostraka.model.operation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConditionalOperator;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.Select;

/**
 * The parameters that queries and scans share: which page of items to read, and what to return of
 * it. Immutable.
 *
 * @param indexName the index that is read, absent for the table itself
 * @param limit the most items to read; absent for a page of the service's size
 * @param exclusiveStartKey the key after which to continue
 * @param select what to return; when absent, the rest of the request decides
 * @param filter the condition for items to return of those that were read
 * @param conditions the filter in the older form: the QueryFilter or ScanFilter
 * @param operator the operator that joins the older form's conditions, absent for AND
 * @param projection the parts of the items to return, absent for all of them
 * @param attributesToGet the projection in the older form
 * @param substitutions the names and values of the placeholders of all the request's expressions
 */
public record PageRequest(
    @Nullable String indexName,
    @Nullable Integer limit,
    @Nullable Item exclusiveStartKey,
    @Nullable Select select,
    @Nullable String filter,
    @Nullable Map<String, AttributeCondition> conditions,
    @Nullable ConditionalOperator operator,
    @Nullable String projection,
    @Nullable List<String> attributesToGet,
    Substitutions substitutions,
    boolean consistentRead,
    ReturnConsumedCapacity returnConsumedCapacity) {}
