package io.tamis.ledger.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.tx.RawTransactionManager;
import org.web3j.tx.gas.StaticGasProvider;

class DeployTest {
    @Test
    void deploy_throughOurTransport_putsTheCommittedCodeOnChain() throws Exception {
        try (var devnet = Devnet.start()) {
            var web3j = devnet.web3j();
            var gas = new StaticGasProvider(BigInteger.TWO.pow(31), BigInteger.valueOf(3_000_000));
            var sender = new RawTransactionManager(web3j, Devnet.account(0), Devnet.CHAIN_ID, 200, 50);
            var notary = AccessLogNotary.deploy(web3j, sender, gas).send();
            assertEquals(
                    "0x" + Files.readString(Path.of("../../ledger/compiled/AccessLogNotary.bin-runtime")),
                    web3j.ethGetCode(notary.getContractAddress(), DefaultBlockParameterName.LATEST)
                            .send()
                            .getCode());
        }
    }
}
