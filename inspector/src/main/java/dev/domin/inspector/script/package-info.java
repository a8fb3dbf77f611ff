/** What the inspector shows of a script, which its host supplies: {@link dev.domin.inspector.script.ScriptView}. */
@NullMarked
package dev.domin.inspector.script;

import org.jspecify.annotations.NullMarked;
