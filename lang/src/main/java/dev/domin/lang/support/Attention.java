package dev.domin.lang.support;

/** Whom the script's code calls at a loop turn or function entry while {@link ScriptProgram#attention} is wanted. */
public interface Attention {

    /** Gives way to others or ends the script by throwing. Called with the script lock held, and returns with it held. */
    void attend();
}
