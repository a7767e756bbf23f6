package io.tamis.ledger.anchor.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Code;
import io.tamis.ledger.Logs;
import io.tamis.ledger.anchor.AnchorException;
import io.tamis.ledger.anchor.NotaryContract;
import io.tamis.ledger.contract.Devnet;
import io.tamis.server.TamisTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

/** What is looked at before a chain is used, and what a demonstration makes by itself. */
@TamisTest
class ExaminationTest {
    private final Submitter submitter = new Submitter(Devnet.account(0));

    @Inject
    Jdbi jdbi;

    @Inject
    Logs logs;

    @Test
    void node_ofAnotherChainOrWithOtherCode_isRefused() {
        try (var devnet = Devnet.start(Devnet.Setup.every(Duration.ZERO))) {
            var place = DevnetNotary.deploy(devnet, 0, NotaryContract.CONFIRMATIONS)
                    .notary()
                    .place(logs.open().origin())
                    .orElseThrow();
            examination(devnet, Devnet.CHAIN_ID, place.contract()).get();
            assertRefused(examination(devnet, 1, place.contract()));
            assertRefused(examination(devnet, Devnet.CHAIN_ID, "0x" + "12".repeat(20)));
            // One byte of the code changed.
            String code = "0x" + ContractCode.deployed().replaceFirst("6080", "6081");
            devnet.call("anvil_setCode", "0x" + "12".repeat(20), code);
            assertRefused(examination(devnet, Devnet.CHAIN_ID, "0x" + "12".repeat(20)));
        }
    }

    @Test
    void demonstration_deploysOnce_andRemembersIt() {
        try (var devnet = Devnet.start(Devnet.Setup.every(Duration.ZERO))) {
            var first = demonstration(devnet).get();
            var origin = logs.open().origin();
            assertTrue(first.heads(origin).isPresent(), "the log is created");
            assertEquals(first.place(origin), demonstration(devnet).get().place(origin));
        }
    }

    /** The chain was thrown away, and our row is of a contract that is no more. */
    @Test
    void demonstration_onAFreshChain_deploysAgain() {
        var origin = logs.open().origin();
        try (var devnet = Devnet.start(Devnet.Setup.every(Duration.ZERO))) {
            demonstration(devnet).get();
        }
        try (var devnet = Devnet.start(Devnet.Setup.every(Duration.ZERO))) {
            // Something else came first this time, so that the address is another one.
            DevnetNotary.deploy(devnet, 0, 1);
            devnet.call("anvil_setCode", "0x5fbdb2315678afecb367f032d93f642f64180aa3", "0x");
            var again = demonstration(devnet).get();
            assertTrue(again.heads(origin).isPresent());
            assertNotEquals(
                    "0x5fbdb2315678afecb367f032d93f642f64180aa3",
                    again.place(origin).orElseThrow().contract());
        }
    }

    @Test
    void demonstration_onARealChain_isRefused() {
        try (var devnet = Devnet.start(Devnet.Setup.every(Duration.ZERO).withFlags("--chain-id", "42"))) {
            assertEquals(
                    Code.ANCHOR_REFUSED,
                    assertThrows(
                                    AnchorException.class,
                                    () -> demonstration(devnet).get())
                            .code());
        }
    }

    private DemoExamination demonstration(Devnet devnet) {
        return new DemoExamination(
                devnet.web3j(), settings(devnet, Optional.empty(), Optional.empty()), submitter, logs, jdbi);
    }

    private Examination examination(Devnet devnet, long chain, String contract) {
        return new Examination(devnet.web3j(), settings(devnet, Optional.of(chain), Optional.of(contract)), submitter);
    }

    private static ChainSettings settings(Devnet devnet, Optional<Long> chain, Optional<String> contract) {
        return new ChainSettings(Optional.of(devnet.address()), chain, contract, Optional.empty(), Optional.empty(), 1);
    }

    private static void assertRefused(Examination examination) {
        assertEquals(
                Code.ANCHOR_REFUSED,
                assertThrows(AnchorException.class, examination::get).code());
    }
}
