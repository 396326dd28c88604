package org.ostraka.model.operation;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.ostraka.model.ConditionalOperator;
import org.ostraka.model.Item;
import org.ostraka.model.ReturnConsumedCapacity;
import org.ostraka.model.Select;

/**
 * What queries and scans have in common: which page of items is read, and what is wanted of it.
 * Immutable.
 *
 * @param indexName the index that is read, absent for the table itself
 * @param limit items that are read, at most; absent for a page of the service's size
 * @param exclusiveStartKey the key after which to go on
 * @param select what to return; absent to have it follow from the rest of the request
 * @param filter which of the items that were read are wanted
 * @param conditions the same in the older form: the QueryFilter or ScanFilter
 * @param operator what joins the older form's conditions, absent for AND
 * @param projection the parts of the items to return, absent for all of them
 * @param attributesToGet the same in the older form
 * @param substitutions what the placeholders of all the request's expressions stand for
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
