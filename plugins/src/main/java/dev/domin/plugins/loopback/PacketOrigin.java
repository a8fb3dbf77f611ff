package dev.domin.plugins.loopback;

/** What the run of a callback knows about the packet that it was called for; see {@code ScriptContext.turn}. */
public interface PacketOrigin {

    /** {@return the id of the server that received the packet; 0 where it was received by no server} */
    long serverId();
}
