package io.tamis.holder.check;

import io.tamis.data.Hash;
import java.util.Optional;

/** The octets that a ticket names by hash. The check hashes what it is given: nobody is believed. */
@FunctionalInterface
public interface TicketContent {
    /** The octets with this SHA-256, or what claims to be them; empty when they are not to be had. */
    Optional<byte[]> octets(Hash hash);
}
