package io.tamis.ledger.contract;

import static io.tamis.ledger.contract.NotaryChain.ADMIN;
import static io.tamis.ledger.contract.NotaryChain.SALT;
import static io.tamis.ledger.contract.NotaryChain.STRANGER;
import static io.tamis.ledger.contract.NotaryChain.SUBMITTER;
import static io.tamis.ledger.contract.NotaryChain.ZERO;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.tamis.data.Hash;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.web3j.abi.TypeEncoder;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.crypto.Credentials;
import org.web3j.tx.ReadonlyTransactionManager;
import org.web3j.tx.gas.DefaultGasProvider;
import org.web3j.utils.Numeric;

/** Logs, their names and who may do what with them, by the real contract on a real node. */
class NotaryRolesTest {
    private static final byte[] NO_LOG = new byte[32];
    private static final Credentials OTHER = Devnet.account(4);

    private static NotaryChain chain;

    @BeforeAll
    static void start() throws Exception {
        chain = NotaryChain.start();
    }

    @AfterAll
    static void stop() {
        if (chain != null) {
            chain.close();
        }
    }

    @Test
    void createLog_makesTheCallerAdmin_andTellsIt() throws Exception {
        var receipt = chain.as(ADMIN).createLog(SALT, SUBMITTER.getAddress()).send();
        byte[] logId = chain.as(ADMIN).logIdOf(ADMIN.getAddress(), SALT).send();
        var created = AccessLogNotary.getLogCreatedEvents(receipt).getFirst();
        assertArrayEquals(logId, created.logId);
        assertEquals(ADMIN.getAddress(), created.creator);
        assertArrayEquals(SALT, created.salt);
        assertEquals(SUBMITTER.getAddress(), created.submitter);
        assertEquals(3, created.log.getTopics().size(), "log id and creator can be searched for");
        assertRoles(logId, ADMIN.getAddress(), ZERO, SUBMITTER.getAddress());
        var head = chain.as(STRANGER).head(logId).send();
        assertArrayEquals(new byte[32], head.component1());
        assertEquals(
                "0 0 0 0",
                head.component2() + " " + head.component3() + " " + head.component4() + " " + head.component5());
    }

    @Test
    void createLog_withoutSubmitter_isRefused() throws Exception {
        assertEquals(
                "ZeroAddress[]",
                chain.answer(ADMIN, chain.as(ADMIN).createLog(Hash.sha256().bytes(), ZERO)));
    }

    @Test
    void createLog_again_isRefused_alsoAfterItsAdminHasChanged() throws Exception {
        byte[] salt = salt("twice");
        byte[] logId = chain.newLog("twice");
        var again = chain.as(ADMIN).createLog(salt, STRANGER.getAddress());
        assertEquals("Exists[]", chain.answer(ADMIN, again));
        assertEquals("ZeroAddress[]", chain.answer(ADMIN, chain.as(ADMIN).createLog(salt, ZERO)), "checked first");
        chain.as(ADMIN).proposeAdmin(logId, OTHER.getAddress()).send();
        chain.as(OTHER).acceptAdmin(logId).send();
        assertEquals("Exists[]", chain.answer(ADMIN, again));
    }

    /** Whoever copies the transaction from the pool opens a log of its own; the creator's stays free. */
    @Test
    void createLog_copiedByAnother_opensAnotherLog() throws Exception {
        byte[] salt = salt("front-run");
        chain.as(STRANGER).createLog(salt, STRANGER.getAddress()).send();
        byte[] logId = chain.newLog("front-run");
        byte[] theirs = chain.as(ADMIN).logIdOf(STRANGER.getAddress(), salt).send();
        assertFalse(Arrays.equals(logId, theirs));
        assertRoles(logId, ADMIN.getAddress(), ZERO, SUBMITTER.getAddress());
        assertRoles(theirs, STRANGER.getAddress(), ZERO, STRANGER.getAddress());
    }

    @Test
    void logIdOf_isTheHashOfChainContractCreatorAndSalt() throws Exception {
        byte[] logId = chain.as(STRANGER).logIdOf(ADMIN.getAddress(), SALT).send();
        assertArrayEquals(idOn(Devnet.CHAIN_ID, chain.address(), ADMIN), logId);
        assertFalse(Arrays.equals(idOn(1, chain.address(), ADMIN), logId), "another chain");
        assertFalse(Arrays.equals(idOn(Devnet.CHAIN_ID, chain.address(), STRANGER), logId), "another creator");
        var another = chain.another();
        byte[] there = another.logIdOf(ADMIN.getAddress(), SALT).send();
        assertArrayEquals(idOn(Devnet.CHAIN_ID, another.getContractAddress(), ADMIN), there);
        assertFalse(Arrays.equals(there, logId), "another contract");
    }

    /** The same creator and salt at the same address of another chain: a node started with another chain id. */
    @Test
    void logIdOf_onAnotherChain_differs() throws Exception {
        var setup = Devnet.Setup.every(Duration.ZERO).withFlags("--chain-id", "31338");
        try (var other = Devnet.start(setup)) {
            other.call("anvil_setCode", chain.address(), "0x" + Notarised.file("bin-runtime"));
            var there = AccessLogNotary.load(
                    chain.address(),
                    other.web3j(),
                    new ReadonlyTransactionManager(other.web3j(), ADMIN.getAddress()),
                    new DefaultGasProvider());
            assertArrayEquals(
                    idOn(31_338, chain.address(), ADMIN),
                    there.logIdOf(ADMIN.getAddress(), SALT).send());
        }
    }

    @Test
    void unknownLog_isToldByEveryFunction_beforeAnythingElse() throws Exception {
        var by = chain.as(STRANGER);
        for (var call : List.of(
                by.setSubmitter(NO_LOG, ZERO),
                by.proposeAdmin(NO_LOG, ZERO),
                by.acceptAdmin(NO_LOG),
                by.head(NO_LOG),
                by.rolesOf(NO_LOG),
                chain.anchoring(STRANGER, NO_LOG, 0, Hash.sha256(), Notarised.hashes(64)))) {
            assertEquals("UnknownLog[]", chain.answer(STRANGER, call));
        }
    }

    @Test
    void setSubmitter_byTheAdmin_changesItAndTells() throws Exception {
        byte[] logId = chain.newLog("submitter");
        var receipt = chain.as(ADMIN).setSubmitter(logId, OTHER.getAddress()).send();
        var changed = AccessLogNotary.getSubmitterChangedEvents(receipt).getFirst();
        assertArrayEquals(logId, changed.logId);
        assertEquals(SUBMITTER.getAddress(), changed.from);
        assertEquals(OTHER.getAddress(), changed.to);
        assertRoles(logId, ADMIN.getAddress(), ZERO, OTHER.getAddress());
        var head = Notarised.hashes(1).getFirst();
        assertEquals("NotSubmitter[]", chain.answer(SUBMITTER, chain.anchoring(SUBMITTER, logId, 1, head, List.of())));
        assertEquals("done", chain.answer(OTHER, chain.anchoring(OTHER, logId, 1, head, List.of())));
    }

    @Test
    void setSubmitter_byAnyoneElse_orToNobody_isRefused() throws Exception {
        byte[] logId = chain.newLog("submitter-refused");
        for (var account : List.of(SUBMITTER, STRANGER)) {
            assertEquals("NotAdmin[]", chain.answer(account, chain.as(account).setSubmitter(logId, ZERO)));
        }
        assertEquals("ZeroAddress[]", chain.answer(ADMIN, chain.as(ADMIN).setSubmitter(logId, ZERO)));
    }

    @Test
    void admin_changesInTwoSteps_eachTold() throws Exception {
        byte[] logId = chain.newLog("admin");
        var proposal = chain.as(ADMIN).proposeAdmin(logId, OTHER.getAddress()).send();
        var proposed = AccessLogNotary.getAdminProposedEvents(proposal).getFirst();
        assertArrayEquals(logId, proposed.logId);
        assertEquals(ADMIN.getAddress() + OTHER.getAddress(), proposed.from + proposed.to);
        assertRoles(logId, ADMIN.getAddress(), OTHER.getAddress(), SUBMITTER.getAddress());
        assertEquals("NotAdmin[]", chain.answer(OTHER, chain.as(OTHER).setSubmitter(logId, OTHER.getAddress())));

        var acceptance = chain.as(OTHER).acceptAdmin(logId).send();
        var accepted = AccessLogNotary.getAdminChangedEvents(acceptance).getFirst();
        assertArrayEquals(logId, accepted.logId);
        assertEquals(ADMIN.getAddress() + OTHER.getAddress(), accepted.from + accepted.to);
        assertRoles(logId, OTHER.getAddress(), ZERO, SUBMITTER.getAddress());
        assertEquals("NotAdmin[]", chain.answer(ADMIN, chain.as(ADMIN).proposeAdmin(logId, ADMIN.getAddress())));
        assertEquals("NotPendingAdmin[]", chain.answer(OTHER, chain.as(OTHER).acceptAdmin(logId)), "only once");
        assertTrue(
                chain.as(OTHER).setSubmitter(logId, OTHER.getAddress()).send().isStatusOK());
    }

    @Test
    void acceptAdmin_byAnyoneElse_isRefused() throws Exception {
        byte[] logId = chain.newLog("accept");
        assertEquals("NotPendingAdmin[]", chain.answer(OTHER, chain.as(OTHER).acceptAdmin(logId)));
        chain.as(ADMIN).proposeAdmin(logId, OTHER.getAddress()).send();
        for (var account : List.of(ADMIN, SUBMITTER, STRANGER)) {
            assertEquals(
                    "NotPendingAdmin[]", chain.answer(account, chain.as(account).acceptAdmin(logId)));
            assertEquals(
                    account.equals(ADMIN) ? "done" : "NotAdmin[]",
                    chain.answer(account, chain.as(account).proposeAdmin(logId, STRANGER.getAddress())));
        }
    }

    @Test
    void proposeAdmin_ofZero_cancels_andALaterOneReplaces() throws Exception {
        byte[] logId = chain.newLog("cancel");
        chain.as(ADMIN).proposeAdmin(logId, OTHER.getAddress()).send();
        chain.as(ADMIN).proposeAdmin(logId, ZERO).send();
        assertEquals("NotPendingAdmin[]", chain.answer(OTHER, chain.as(OTHER).acceptAdmin(logId)));
        chain.as(ADMIN).proposeAdmin(logId, OTHER.getAddress()).send();
        chain.as(ADMIN).proposeAdmin(logId, STRANGER.getAddress()).send();
        assertEquals("NotPendingAdmin[]", chain.answer(OTHER, chain.as(OTHER).acceptAdmin(logId)));
        assertEquals("done", chain.answer(STRANGER, chain.as(STRANGER).acceptAdmin(logId)));
        assertRoles(logId, ADMIN.getAddress(), STRANGER.getAddress(), SUBMITTER.getAddress());
    }

    private static void assertRoles(byte[] logId, String admin, String pending, String submitter) throws Exception {
        var roles = chain.as(STRANGER).rolesOf(logId).send();
        assertEquals(
                List.of(admin, pending, submitter),
                List.of(roles.component1(), roles.component2(), roles.component3()));
    }

    private static byte[] salt(String origin) {
        return Hash.sha256(origin.getBytes(StandardCharsets.UTF_8)).bytes();
    }

    /** keccak256(abi.encode(chain id, contract, creator, salt)), by web3j. */
    private static byte[] idOn(long chainId, String contract, Credentials creator) {
        return org.web3j.crypto.Hash.sha3(Numeric.hexStringToByteArray(TypeEncoder.encode(new Uint256(chainId))
                + TypeEncoder.encode(new Address(contract))
                + TypeEncoder.encode(new Address(creator.getAddress()))
                + TypeEncoder.encode(new Bytes32(SALT))));
    }
}
