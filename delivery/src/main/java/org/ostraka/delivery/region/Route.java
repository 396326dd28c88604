package org.ostraka.delivery.region;

import org.ostraka.model.Region;
import org.ostraka.model.TableArn;

/**
 * The route of a table's changes to another region, whichever global table it belongs to.
 * Immutable.
 */
record Route(TableArn table, Region to) {}
