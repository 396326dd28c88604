/**
 * Auto scaling: scalable targets, their policies and scheduled actions, and who carries them out.
 */
@NullMarked
package org.ostraka.engine.scaling;

import org.jspecify.annotations.NullMarked;
