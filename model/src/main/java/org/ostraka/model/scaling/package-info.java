/** Auto scaling of provisioned throughput: its vocabulary, and one file for each operation. */
@NullMarked
package org.ostraka.model.scaling;

import org.jspecify.annotations.NullMarked;
