package io.tamis.ledger.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other tests rely on: the node keeps its chain, its port and its word, and is gone when it is said to be. */
class DevnetTest {
    @TempDir
    Path folder;

    @Test
    void restart_withState_keepsChainAndPort_withoutState_beginsAgain() throws Exception {
        var setup = Devnet.Setup.every(Duration.ZERO);
        try (var kept = Devnet.start(setup.withState(folder.resolve("chain.json")))) {
            kept.mine(7);
            try (var again = kept.restart()) {
                assertEquals(kept.address(), again.address());
                assertEquals(BigInteger.valueOf(7), height(again));
            }
        }
        try (var fresh = Devnet.start(setup)) {
            fresh.mine(3);
            try (var again = fresh.restart()) {
                assertEquals(BigInteger.ZERO, height(again), "a fresh chain is a reorganisation down to genesis");
            }
        }
    }

    @Test
    void kill_leavesNobodyListening() {
        try (var devnet = Devnet.start()) {
            devnet.kill();
            assertThrows(UncheckedIOException.class, () -> devnet.call("eth_chainId"));
        }
    }

    @Test
    void call_ofAnyMethod_answersOrTellsTheError() {
        try (var devnet = Devnet.start()) {
            assertEquals("0x7a69", devnet.call("eth_chainId"));
            assertThrows(IllegalStateException.class, () -> devnet.call("no_such_method"));
        }
    }

    @Test
    void accounts_haveMoneyAndTheirWellKnownAddresses() {
        assertEquals(
                "0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266", Devnet.account(0).getAddress());
        assertEquals(
                "0x70997970c51812dc3a010c7d01b50e0d17dc79c8", Devnet.account(1).getAddress());
        assertFalse(Devnet.account(1).equals(Devnet.account(2)));
        try (var devnet = Devnet.start()) {
            assertEquals(
                    "0x21e19e0c9bab2400000",
                    devnet.call("eth_getBalance", Devnet.account(9).getAddress(), "latest"));
        }
    }

    private static BigInteger height(Devnet devnet) throws IOException {
        return devnet.web3j().ethBlockNumber().send().getBlockNumber();
    }
}
