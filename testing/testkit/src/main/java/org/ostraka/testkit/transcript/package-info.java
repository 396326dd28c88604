/** Golden transcripts: dialogues with a server as text, which a person can review. */
@NullMarked
package org.ostraka.testkit.transcript;

import org.jspecify.annotations.NullMarked;
