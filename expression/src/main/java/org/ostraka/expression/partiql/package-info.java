/**
 * DynamoDB's dialect of PartiQL: a statement's text is parsed into a tree of the same conditions,
 * paths and updates as in expressions; the tree's conditions on keys become a plan. Pure.
 */
@NullMarked
package org.ostraka.expression.partiql;

import org.jspecify.annotations.NullMarked;
