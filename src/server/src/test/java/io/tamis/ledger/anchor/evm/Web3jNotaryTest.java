package io.tamis.ledger.anchor.evm;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.tamis.data.Code;
import io.tamis.ledger.anchor.AnchorException;
import io.tamis.ledger.anchor.Notary;
import io.tamis.ledger.anchor.NotaryContract;
import io.tamis.ledger.contract.Devnet;
import io.tamis.log.Origin;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class Web3jNotaryTest extends NotaryContract {
    private static Devnet devnet;

    private DevnetNotary deployed;
    private Notary notary;

    @BeforeAll
    static void startChain() {
        devnet = Devnet.start(Devnet.Setup.every(Duration.ZERO).withFlags("--no-mining"));
    }

    @AfterAll
    static void stopChain() {
        if (devnet != null) {
            devnet.close();
        }
    }

    /** What a test left in the pool must not be mined in the next one. */
    @BeforeEach
    void deploy() {
        devnet.call("anvil_dropAllTransactions");
        deployed = DevnetNotary.deploy(devnet, 0, CONFIRMATIONS);
        devnet.mine(CONFIRMATIONS);
        notary = deployed.notary();
    }

    @Override
    protected Notary notary() {
        return notary;
    }

    @Override
    protected void mine(int blocks) {
        devnet.mine(blocks);
    }

    @Override
    protected void createLog(Origin origin) {
        deployed.createLog(origin);
    }

    @Test
    void place_isWhatTheContractCallsTheLog() throws Exception {
        var origin = new Origin("contract.example/ledger/2026");
        var place = notary.place(origin).orElseThrow();
        var contract =
                Web3jNotary.encoder(devnet.web3j(), new Address(place.contract()), new Address(deployed.account()));
        assertArrayEquals(
                contract.logIdOf(deployed.account(), LogName.salt(origin).bytes())
                        .send(),
                place.log().bytes());
        assertEquals(Devnet.CHAIN_ID, place.chainId());
    }

    @Test
    void heads_whenAnotherAccountSubmits_areRefused() {
        var origin = new Origin("contract.example/ledger/2026");
        createLog(origin);
        var refused =
                assertThrows(AnchorException.class, () -> deployed.notaryOf(3).heads(origin));
        assertEquals(Code.ANCHOR_REFUSED, refused.code());
    }

    @Test
    void heads_whereThereIsNoContract_areRefused() {
        var nowhere = new Address("0x" + "12".repeat(20));
        var submitter = new Submitter(Devnet.account(0));
        var astray = new Web3jNotary(
                devnet.web3j(),
                new LogName(Devnet.CHAIN_ID, nowhere, submitter.address()),
                submitter,
                new Web3jNotary.Roles(submitter.address(), 1));
        var refused = assertThrows(AnchorException.class, () -> astray.heads(new Origin("a/2026")));
        assertEquals(Code.ANCHOR_REFUSED, refused.code());
    }

    @Test
    void deployedCode_isTheOneExpected() {
        var place = notary.place(new Origin("a/2026")).orElseThrow();
        assertEquals(ContractCode.deployed(), new Chain(devnet.web3j()).code(place.contract()));
    }
}
