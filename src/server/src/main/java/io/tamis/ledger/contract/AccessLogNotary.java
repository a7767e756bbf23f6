package io.tamis.ledger.contract;

import io.reactivex.Flowable;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import javax.annotation.processing.Generated;
import org.web3j.abi.EventEncoder;
import org.web3j.abi.TypeReference;
import org.web3j.abi.datatypes.Address;
import org.web3j.abi.datatypes.Bool;
import org.web3j.abi.datatypes.CustomError;
import org.web3j.abi.datatypes.Event;
import org.web3j.abi.datatypes.Function;
import org.web3j.abi.datatypes.Type;
import org.web3j.abi.datatypes.generated.Bytes32;
import org.web3j.abi.datatypes.generated.Uint256;
import org.web3j.abi.datatypes.generated.Uint64;
import org.web3j.crypto.Credentials;
import org.web3j.protocol.Web3j;
import org.web3j.protocol.core.DefaultBlockParameter;
import org.web3j.protocol.core.RemoteCall;
import org.web3j.protocol.core.RemoteFunctionCall;
import org.web3j.protocol.core.methods.request.EthFilter;
import org.web3j.protocol.core.methods.response.BaseEventResponse;
import org.web3j.protocol.core.methods.response.Log;
import org.web3j.protocol.core.methods.response.TransactionReceipt;
import org.web3j.tuples.generated.Tuple3;
import org.web3j.tuples.generated.Tuple5;
import org.web3j.tx.Contract;
import org.web3j.tx.TransactionManager;
import org.web3j.tx.gas.ContractGasProvider;

/**
 * <p>Auto generated code.
 * <p><strong>Do not modify!</strong>
 * <p>Please use the <a href="https://docs.web3j.io/command_line.html">web3j command line tools</a>,
 * or the org.web3j.codegen.SolidityFunctionWrapperGenerator in the 
 * <a href="https://github.com/LFDT-web3j/web3j/tree/main/codegen">codegen module</a> to update.
 *
 * <p>Generated with web3j version 5.0.2.
 */
@SuppressWarnings("rawtypes")
@Generated("org.web3j.codegen.SolidityFunctionWrapperGenerator")
public class AccessLogNotary extends Contract {
    public static final String BINARY = "6080604052348015600f57600080fd5b5061137e8061001f6000396000f3fe608060405234801561001057600080fd5b50600436106100c95760003560e01c80635192984911610081578063a50b89941161005b578063a50b8994146101da578063e705d791146101ed578063f339e3b21461020057600080fd5b8063519298491461018957806361e596791461019c578063930b6ace146101af57600080fd5b80633db5ada7116100b25780633db5ada71461013e5780634006383c1461016157806342633f281461017657600080fd5b80633564334f146100ce57806335c790d11461011d575b600080fd5b6100e16100dc3660046110cb565b61024a565b6040805173ffffffffffffffffffffffffffffffffffffffff948516815292841660208401529216918101919091526060015b60405180910390f35b61013061012b366004611108565b610290565b604051908152602001610114565b61015161014c366004611196565b6102ea565b6040519015158152602001610114565b61017461016f36600461120e565b610488565b005b61017461018436600461120e565b610583565b61017461019736600461123a565b610620565b6101516101aa36600461128d565b610a6a565b6101306101bd3660046112bd565b600160209081526000928352604080842090915290825290205481565b6101746101e83660046110cb565b610ce5565b6101306101fb36600461120e565b610dda565b61021361020e3660046110cb565b610f2e565b6040805195865267ffffffffffffffff9485166020870152928416928501929092528216606084015216608082015260a001610114565b60008060008061025985610fca565b6002810154600382015460049092015473ffffffffffffffffffffffffffffffffffffffff91821698928216975016945092505050565b60408051466020820152309181019190915273ffffffffffffffffffffffffffffffffffffffff831660608201526080810182905260009060a0016040516020818303038152906040528051906020012090505b92915050565b600086815260016020908152604080832067ffffffffffffffff8916845290915281205480158061032f57508667ffffffffffffffff168667ffffffffffffffff1610155b8061033a5750603f83115b1561034957600091505061047e565b85600061035760018a61130f565b90508660005b8681101561045f578267ffffffffffffffff166000036103855760009550505050505061047e565b600180851614806103a957508267ffffffffffffffff168467ffffffffffffffff16145b1561041e576103d08888838181106103c3576103c361132f565b905060200201358361102e565b91505b600184161580156103ed575067ffffffffffffffff841615155b156104195760018467ffffffffffffffff16901c935060018367ffffffffffffffff16901c92506103d3565b610443565b610440828989848181106104345761043461132f565b9050602002013561102e565b91505b677fffffffffffffff600194851c81169493841c16920161035d565b5067ffffffffffffffff821615801561047757508381145b9450505050505b9695505050505050565b60006104938361106a565b905073ffffffffffffffffffffffffffffffffffffffff82166104e2576040517fd92e233d00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b60048101546040805173ffffffffffffffffffffffffffffffffffffffff9283168152918416602083015284917fe65f20f07532faab27c42183bc16b3a932343c3a8f51de8a10ca924408928ea0910160405180910390a260040180547fffffffffffffffffffffffff00000000000000000000000000000000000000001673ffffffffffffffffffffffffffffffffffffffff9290921691909117905550565b600061058e8361106a565b6003810180547fffffffffffffffffffffffff00000000000000000000000000000000000000001673ffffffffffffffffffffffffffffffffffffffff858116918217909255600283015460408051919093168152602081019190915291925084917f7336a109adf1c3659e8434a65df6e885f64d3c0285c33338367be60515b3a875910160405180910390a2505050565b600061062b87610fca565b600481015490915073ffffffffffffffffffffffffffffffffffffffff163314610681576040517fc544688400000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b67ffffffffffffffff861615806106a95750677fffffffffffffff67ffffffffffffffff8716115b156106f1576040517f2fb669f100000000000000000000000000000000000000000000000000000000815267ffffffffffffffff871660048201526024015b60405180910390fd5b603f82111561072f576040517fab6a0683000000000000000000000000000000000000000000000000000000008152600481018390526024016106e8565b60408051608081018252600183015467ffffffffffffffff8082168084526801000000000000000083048216602085015270010000000000000000000000000000000083048216948401949094527801000000000000000000000000000000000000000000000000909104811660608301529091908816036107f857815486146107f1576040517fb73c03dd00000000000000000000000000000000000000000000000000000000815267ffffffffffffffff881660048201526024016106e8565b5050610a62565b806000015167ffffffffffffffff168767ffffffffffffffff1610156108615780516040517fc1bd470000000000000000000000000000000000000000000000000000000000815267ffffffffffffffff918216600482015290881660248201526044016106e8565b805160009067ffffffffffffffff161561088d578151835461088891908a908a8989610a6a565b610890565b83155b9050806108c9576040517f7ca55c7700000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b868355604080516080810190915267ffffffffffffffff89168152602083810151908201906108f990600161135e565b67ffffffffffffffff90811682524281166020808401919091524382166040938401528351600180890180548785015188880151606090990151871678010000000000000000000000000000000000000000000000000277ffffffffffffffffffffffffffffffffffffffffffffffff99881670010000000000000000000000000000000002999099166fffffffffffffffffffffffffffffffff91881668010000000000000000027fffffffffffffffffffffffffffffffff000000000000000000000000000000009093169588169590951791909117169290921795909517905560008d8152848252838120928d16808252928252929092208a90559084015190918b917fbc4ebf2cef95bdbbbe458446b9bbb4bd5d41df066fcda7e39d2d1264104ddeeb918b91610a2c9161135e565b86516040805193845267ffffffffffffffff9283166020850152911690820152606081018a905260800160405180910390a35050505b505050505050565b600067ffffffffffffffff87161580610a9657508567ffffffffffffffff168767ffffffffffffffff16115b80610ab25750677fffffffffffffff67ffffffffffffffff8716115b80610abd5750603f82115b15610aca5750600061047e565b8567ffffffffffffffff168767ffffffffffffffff1603610af95781158015610af257508385145b905061047e565b6000829003610b0a5750600061047e565b6000610b1760018961130f565b881667ffffffffffffffff16600014610b31576001610b34565b60005b60ff16905060008115610b605784846000818110610b5457610b5461132f565b90506020020135610b62565b865b9050806000610b7260018c61130f565b90506000610b8160018c61130f565b90505b60018083169003610baa57677fffffffffffffff600192831c8116929190911c16610b84565b86851015610cb3578067ffffffffffffffff16600003610bd25760009550505050505061047e565b6000888887818110610be657610be661132f565b9050602002013590508260011667ffffffffffffffff1660011480610c1e57508167ffffffffffffffff168367ffffffffffffffff16145b15610c8757610c2d818661102e565b9450610c39818561102e565b93505b60018316158015610c56575067ffffffffffffffff831615155b15610c825760018367ffffffffffffffff16901c925060018267ffffffffffffffff16901c9150610c3c565b610c94565b610c91848261102e565b93505b50600194850194677fffffffffffffff92811c83169291901c16610baa565b67ffffffffffffffff8116158015610cca57508984145b8015610cd557508883145b9c9b505050505050505050505050565b6000610cf082610fca565b600381015490915073ffffffffffffffffffffffffffffffffffffffff163314610d46576040517f058d9a1b00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b60028101546040805173ffffffffffffffffffffffffffffffffffffffff909216825233602083015283917f6467ef979e83be7da4c6bdb4513ae6309dbf5cd9ca8f5474d2f77ef171f5b903910160405180910390a26002810180547fffffffffffffffffffffffff0000000000000000000000000000000000000000908116331790915560039091018054909116905550565b600073ffffffffffffffffffffffffffffffffffffffff8216610e29576040517fd92e233d00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b610e333384610290565b600081815260208190526040902060028101549192509073ffffffffffffffffffffffffffffffffffffffff1615610e97576040517f846ec05600000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6002810180547fffffffffffffffffffffffff00000000000000000000000000000000000000009081163390811790925560048301805473ffffffffffffffffffffffffffffffffffffffff871692168217905560408051878152602081019290925284917fda2425b929256710bec6bf4de238ca8932d58d3d81114b1fe3d6cfdaaeab41b8910160405180910390a35092915050565b600080600080600080610f4087610fca565b60408051608081018252600183015467ffffffffffffffff808216808452680100000000000000008304821660208501819052700100000000000000000000000000000000840483169585018690527801000000000000000000000000000000000000000000000000909304909116606090930183905293549b939a509850909650945092505050565b6000818152602081905260409020600281015473ffffffffffffffffffffffffffffffffffffffff16611029576040517f743573b100000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b919050565b6000604051600181538360018201528260218201526020600060418360025afa905060203d14811661105f57600080fd5b505060005192915050565b600061107582610fca565b600281015490915073ffffffffffffffffffffffffffffffffffffffff163314611029576040517f7bfa4b9f00000000000000000000000000000000000000000000000000000000815260040160405180910390fd5b6000602082840312156110dd57600080fd5b5035919050565b803573ffffffffffffffffffffffffffffffffffffffff8116811461102957600080fd5b6000806040838503121561111b57600080fd5b611124836110e4565b946020939093013593505050565b803567ffffffffffffffff8116811461102957600080fd5b60008083601f84011261115c57600080fd5b50813567ffffffffffffffff81111561117457600080fd5b6020830191508360208260051b850101111561118f57600080fd5b9250929050565b60008060008060008060a087890312156111af57600080fd5b863595506111bf60208801611132565b94506111cd60408801611132565b935060608701359250608087013567ffffffffffffffff8111156111f057600080fd5b6111fc89828a0161114a565b979a9699509497509295939492505050565b6000806040838503121561122157600080fd5b82359150611231602084016110e4565b90509250929050565b60008060008060008060a0878903121561125357600080fd5b8635955061126360208801611132565b94506040870135935060608701359250608087013567ffffffffffffffff8111156111f057600080fd5b60008060008060008060a087890312156112a657600080fd5b6112af87611132565b955061126360208801611132565b600080604083850312156112d057600080fd5b8235915061123160208401611132565b7f4e487b7100000000000000000000000000000000000000000000000000000000600052601160045260246000fd5b67ffffffffffffffff82811682821603908111156102e4576102e46112e0565b7f4e487b7100000000000000000000000000000000000000000000000000000000600052603260045260246000fd5b67ffffffffffffffff81811683821601908111156102e4576102e46112e056";

    private static String librariesLinkedBinary;

    public static final String FUNC_ACCEPTADMIN = "acceptAdmin";

    public static final String FUNC_ANCHOR = "anchor";

    public static final String FUNC_CONSISTENT = "consistent";

    public static final String FUNC_CREATELOG = "createLog";

    public static final String FUNC_HEAD = "head";

    public static final String FUNC_LOGIDOF = "logIdOf";

    public static final String FUNC_PROPOSEADMIN = "proposeAdmin";

    public static final String FUNC_ROLESOF = "rolesOf";

    public static final String FUNC_ROOTAT = "rootAt";

    public static final String FUNC_SETSUBMITTER = "setSubmitter";

    public static final String FUNC_VERIFYINCLUSION = "verifyInclusion";

    public static final CustomError BADPROOF_ERROR = new CustomError("BadProof", 
            Arrays.<TypeReference<?>>asList());
    ;

    public static final CustomError BADSIZE_ERROR = new CustomError("BadSize", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Uint64>() {}));
    ;

    public static final CustomError CONFLICT_ERROR = new CustomError("Conflict", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Uint64>() {}));
    ;

    public static final CustomError EXISTS_ERROR = new CustomError("Exists", 
            Arrays.<TypeReference<?>>asList());
    ;

    public static final CustomError NOTADMIN_ERROR = new CustomError("NotAdmin", 
            Arrays.<TypeReference<?>>asList());
    ;

    public static final CustomError NOTGROWING_ERROR = new CustomError("NotGrowing", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Uint64>() {}, new TypeReference<Uint64>() {}));
    ;

    public static final CustomError NOTPENDINGADMIN_ERROR = new CustomError("NotPendingAdmin", 
            Arrays.<TypeReference<?>>asList());
    ;

    public static final CustomError NOTSUBMITTER_ERROR = new CustomError("NotSubmitter", 
            Arrays.<TypeReference<?>>asList());
    ;

    public static final CustomError PROOFTOOLONG_ERROR = new CustomError("ProofTooLong", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Uint256>() {}));
    ;

    public static final CustomError UNKNOWNLOG_ERROR = new CustomError("UnknownLog", 
            Arrays.<TypeReference<?>>asList());
    ;

    public static final CustomError ZEROADDRESS_ERROR = new CustomError("ZeroAddress", 
            Arrays.<TypeReference<?>>asList());
    ;

    public static final Event ADMINCHANGED_EVENT = new Event("AdminChanged", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Bytes32>(true) {}, new TypeReference<Address>() {}, new TypeReference<Address>() {}));
    ;

    public static final Event ADMINPROPOSED_EVENT = new Event("AdminProposed", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Bytes32>(true) {}, new TypeReference<Address>() {}, new TypeReference<Address>() {}));
    ;

    public static final Event ANCHORED_EVENT = new Event("Anchored", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Bytes32>(true) {}, new TypeReference<Uint64>(true) {}, new TypeReference<Bytes32>() {}, new TypeReference<Uint64>() {}, new TypeReference<Uint64>() {}, new TypeReference<Bytes32>() {}));
    ;

    public static final Event LOGCREATED_EVENT = new Event("LogCreated", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Bytes32>(true) {}, new TypeReference<Address>(true) {}, new TypeReference<Bytes32>() {}, new TypeReference<Address>() {}));
    ;

    public static final Event SUBMITTERCHANGED_EVENT = new Event("SubmitterChanged", 
            Arrays.<TypeReference<?>>asList(new TypeReference<Bytes32>(true) {}, new TypeReference<Address>() {}, new TypeReference<Address>() {}));
    ;

    @Deprecated
    protected AccessLogNotary(String contractAddress, Web3j web3j, Credentials credentials,
            BigInteger gasPrice, BigInteger gasLimit) {
        super(BINARY, contractAddress, web3j, credentials, gasPrice, gasLimit);
    }

    protected AccessLogNotary(String contractAddress, Web3j web3j, Credentials credentials,
            ContractGasProvider contractGasProvider) {
        super(BINARY, contractAddress, web3j, credentials, contractGasProvider);
    }

    @Deprecated
    protected AccessLogNotary(String contractAddress, Web3j web3j,
            TransactionManager transactionManager, BigInteger gasPrice, BigInteger gasLimit) {
        super(BINARY, contractAddress, web3j, transactionManager, gasPrice, gasLimit);
    }

    protected AccessLogNotary(String contractAddress, Web3j web3j,
            TransactionManager transactionManager, ContractGasProvider contractGasProvider) {
        super(BINARY, contractAddress, web3j, transactionManager, contractGasProvider);
    }

    public static List<AdminChangedEventResponse> getAdminChangedEvents(
            TransactionReceipt transactionReceipt) {
        List<Contract.EventValuesWithLog> valueList = staticExtractEventParametersWithLog(ADMINCHANGED_EVENT, transactionReceipt);
        ArrayList<AdminChangedEventResponse> responses = new ArrayList<AdminChangedEventResponse>(valueList.size());
        for (Contract.EventValuesWithLog eventValues : valueList) {
            AdminChangedEventResponse typedResponse = new AdminChangedEventResponse();
            typedResponse.log = eventValues.getLog();
            typedResponse.logId = (byte[]) eventValues.getIndexedValues().get(0).getValue();
            typedResponse.from = (String) eventValues.getNonIndexedValues().get(0).getValue();
            typedResponse.to = (String) eventValues.getNonIndexedValues().get(1).getValue();
            responses.add(typedResponse);
        }
        return responses;
    }

    public static AdminChangedEventResponse getAdminChangedEventFromLog(Log log) {
        Contract.EventValuesWithLog eventValues = staticExtractEventParametersWithLog(ADMINCHANGED_EVENT, log);
        AdminChangedEventResponse typedResponse = new AdminChangedEventResponse();
        typedResponse.log = log;
        typedResponse.logId = (byte[]) eventValues.getIndexedValues().get(0).getValue();
        typedResponse.from = (String) eventValues.getNonIndexedValues().get(0).getValue();
        typedResponse.to = (String) eventValues.getNonIndexedValues().get(1).getValue();
        return typedResponse;
    }

    public Flowable<AdminChangedEventResponse> adminChangedEventFlowable(EthFilter filter) {
        return web3j.ethLogFlowable(filter).map(log -> getAdminChangedEventFromLog(log));
    }

    public Flowable<AdminChangedEventResponse> adminChangedEventFlowable(
            DefaultBlockParameter startBlock, DefaultBlockParameter endBlock) {
        EthFilter filter = new EthFilter(startBlock, endBlock, getContractAddress());
        filter.addSingleTopic(EventEncoder.encode(ADMINCHANGED_EVENT));
        return adminChangedEventFlowable(filter);
    }

    public static List<AdminProposedEventResponse> getAdminProposedEvents(
            TransactionReceipt transactionReceipt) {
        List<Contract.EventValuesWithLog> valueList = staticExtractEventParametersWithLog(ADMINPROPOSED_EVENT, transactionReceipt);
        ArrayList<AdminProposedEventResponse> responses = new ArrayList<AdminProposedEventResponse>(valueList.size());
        for (Contract.EventValuesWithLog eventValues : valueList) {
            AdminProposedEventResponse typedResponse = new AdminProposedEventResponse();
            typedResponse.log = eventValues.getLog();
            typedResponse.logId = (byte[]) eventValues.getIndexedValues().get(0).getValue();
            typedResponse.from = (String) eventValues.getNonIndexedValues().get(0).getValue();
            typedResponse.to = (String) eventValues.getNonIndexedValues().get(1).getValue();
            responses.add(typedResponse);
        }
        return responses;
    }

    public static AdminProposedEventResponse getAdminProposedEventFromLog(Log log) {
        Contract.EventValuesWithLog eventValues = staticExtractEventParametersWithLog(ADMINPROPOSED_EVENT, log);
        AdminProposedEventResponse typedResponse = new AdminProposedEventResponse();
        typedResponse.log = log;
        typedResponse.logId = (byte[]) eventValues.getIndexedValues().get(0).getValue();
        typedResponse.from = (String) eventValues.getNonIndexedValues().get(0).getValue();
        typedResponse.to = (String) eventValues.getNonIndexedValues().get(1).getValue();
        return typedResponse;
    }

    public Flowable<AdminProposedEventResponse> adminProposedEventFlowable(EthFilter filter) {
        return web3j.ethLogFlowable(filter).map(log -> getAdminProposedEventFromLog(log));
    }

    public Flowable<AdminProposedEventResponse> adminProposedEventFlowable(
            DefaultBlockParameter startBlock, DefaultBlockParameter endBlock) {
        EthFilter filter = new EthFilter(startBlock, endBlock, getContractAddress());
        filter.addSingleTopic(EventEncoder.encode(ADMINPROPOSED_EVENT));
        return adminProposedEventFlowable(filter);
    }

    public static List<AnchoredEventResponse> getAnchoredEvents(
            TransactionReceipt transactionReceipt) {
        List<Contract.EventValuesWithLog> valueList = staticExtractEventParametersWithLog(ANCHORED_EVENT, transactionReceipt);
        ArrayList<AnchoredEventResponse> responses = new ArrayList<AnchoredEventResponse>(valueList.size());
        for (Contract.EventValuesWithLog eventValues : valueList) {
            AnchoredEventResponse typedResponse = new AnchoredEventResponse();
            typedResponse.log = eventValues.getLog();
            typedResponse.logId = (byte[]) eventValues.getIndexedValues().get(0).getValue();
            typedResponse.size = (BigInteger) eventValues.getIndexedValues().get(1).getValue();
            typedResponse.root = (byte[]) eventValues.getNonIndexedValues().get(0).getValue();
            typedResponse.seq = (BigInteger) eventValues.getNonIndexedValues().get(1).getValue();
            typedResponse.prevSize = (BigInteger) eventValues.getNonIndexedValues().get(2).getValue();
            typedResponse.checkpointHash = (byte[]) eventValues.getNonIndexedValues().get(3).getValue();
            responses.add(typedResponse);
        }
        return responses;
    }

    public static AnchoredEventResponse getAnchoredEventFromLog(Log log) {
        Contract.EventValuesWithLog eventValues = staticExtractEventParametersWithLog(ANCHORED_EVENT, log);
        AnchoredEventResponse typedResponse = new AnchoredEventResponse();
        typedResponse.log = log;
        typedResponse.logId = (byte[]) eventValues.getIndexedValues().get(0).getValue();
        typedResponse.size = (BigInteger) eventValues.getIndexedValues().get(1).getValue();
        typedResponse.root = (byte[]) eventValues.getNonIndexedValues().get(0).getValue();
        typedResponse.seq = (BigInteger) eventValues.getNonIndexedValues().get(1).getValue();
        typedResponse.prevSize = (BigInteger) eventValues.getNonIndexedValues().get(2).getValue();
        typedResponse.checkpointHash = (byte[]) eventValues.getNonIndexedValues().get(3).getValue();
        return typedResponse;
    }

    public Flowable<AnchoredEventResponse> anchoredEventFlowable(EthFilter filter) {
        return web3j.ethLogFlowable(filter).map(log -> getAnchoredEventFromLog(log));
    }

    public Flowable<AnchoredEventResponse> anchoredEventFlowable(DefaultBlockParameter startBlock,
            DefaultBlockParameter endBlock) {
        EthFilter filter = new EthFilter(startBlock, endBlock, getContractAddress());
        filter.addSingleTopic(EventEncoder.encode(ANCHORED_EVENT));
        return anchoredEventFlowable(filter);
    }

    public static List<LogCreatedEventResponse> getLogCreatedEvents(
            TransactionReceipt transactionReceipt) {
        List<Contract.EventValuesWithLog> valueList = staticExtractEventParametersWithLog(LOGCREATED_EVENT, transactionReceipt);
        ArrayList<LogCreatedEventResponse> responses = new ArrayList<LogCreatedEventResponse>(valueList.size());
        for (Contract.EventValuesWithLog eventValues : valueList) {
            LogCreatedEventResponse typedResponse = new LogCreatedEventResponse();
            typedResponse.log = eventValues.getLog();
            typedResponse.logId = (byte[]) eventValues.getIndexedValues().get(0).getValue();
            typedResponse.creator = (String) eventValues.getIndexedValues().get(1).getValue();
            typedResponse.salt = (byte[]) eventValues.getNonIndexedValues().get(0).getValue();
            typedResponse.submitter = (String) eventValues.getNonIndexedValues().get(1).getValue();
            responses.add(typedResponse);
        }
        return responses;
    }

    public static LogCreatedEventResponse getLogCreatedEventFromLog(Log log) {
        Contract.EventValuesWithLog eventValues = staticExtractEventParametersWithLog(LOGCREATED_EVENT, log);
        LogCreatedEventResponse typedResponse = new LogCreatedEventResponse();
        typedResponse.log = log;
        typedResponse.logId = (byte[]) eventValues.getIndexedValues().get(0).getValue();
        typedResponse.creator = (String) eventValues.getIndexedValues().get(1).getValue();
        typedResponse.salt = (byte[]) eventValues.getNonIndexedValues().get(0).getValue();
        typedResponse.submitter = (String) eventValues.getNonIndexedValues().get(1).getValue();
        return typedResponse;
    }

    public Flowable<LogCreatedEventResponse> logCreatedEventFlowable(EthFilter filter) {
        return web3j.ethLogFlowable(filter).map(log -> getLogCreatedEventFromLog(log));
    }

    public Flowable<LogCreatedEventResponse> logCreatedEventFlowable(
            DefaultBlockParameter startBlock, DefaultBlockParameter endBlock) {
        EthFilter filter = new EthFilter(startBlock, endBlock, getContractAddress());
        filter.addSingleTopic(EventEncoder.encode(LOGCREATED_EVENT));
        return logCreatedEventFlowable(filter);
    }

    public static List<SubmitterChangedEventResponse> getSubmitterChangedEvents(
            TransactionReceipt transactionReceipt) {
        List<Contract.EventValuesWithLog> valueList = staticExtractEventParametersWithLog(SUBMITTERCHANGED_EVENT, transactionReceipt);
        ArrayList<SubmitterChangedEventResponse> responses = new ArrayList<SubmitterChangedEventResponse>(valueList.size());
        for (Contract.EventValuesWithLog eventValues : valueList) {
            SubmitterChangedEventResponse typedResponse = new SubmitterChangedEventResponse();
            typedResponse.log = eventValues.getLog();
            typedResponse.logId = (byte[]) eventValues.getIndexedValues().get(0).getValue();
            typedResponse.from = (String) eventValues.getNonIndexedValues().get(0).getValue();
            typedResponse.to = (String) eventValues.getNonIndexedValues().get(1).getValue();
            responses.add(typedResponse);
        }
        return responses;
    }

    public static SubmitterChangedEventResponse getSubmitterChangedEventFromLog(Log log) {
        Contract.EventValuesWithLog eventValues = staticExtractEventParametersWithLog(SUBMITTERCHANGED_EVENT, log);
        SubmitterChangedEventResponse typedResponse = new SubmitterChangedEventResponse();
        typedResponse.log = log;
        typedResponse.logId = (byte[]) eventValues.getIndexedValues().get(0).getValue();
        typedResponse.from = (String) eventValues.getNonIndexedValues().get(0).getValue();
        typedResponse.to = (String) eventValues.getNonIndexedValues().get(1).getValue();
        return typedResponse;
    }

    public Flowable<SubmitterChangedEventResponse> submitterChangedEventFlowable(EthFilter filter) {
        return web3j.ethLogFlowable(filter).map(log -> getSubmitterChangedEventFromLog(log));
    }

    public Flowable<SubmitterChangedEventResponse> submitterChangedEventFlowable(
            DefaultBlockParameter startBlock, DefaultBlockParameter endBlock) {
        EthFilter filter = new EthFilter(startBlock, endBlock, getContractAddress());
        filter.addSingleTopic(EventEncoder.encode(SUBMITTERCHANGED_EVENT));
        return submitterChangedEventFlowable(filter);
    }

    public RemoteFunctionCall<TransactionReceipt> acceptAdmin(byte[] logId) {
        final Function function = new Function(
                FUNC_ACCEPTADMIN, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Bytes32(logId)), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function);
    }

    public RemoteFunctionCall<TransactionReceipt> anchor(byte[] logId, BigInteger size, byte[] root,
            byte[] checkpointHash, List<byte[]> proof) {
        final Function function = new Function(
                FUNC_ANCHOR, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Bytes32(logId), 
                new org.web3j.abi.datatypes.generated.Uint64(size), 
                new org.web3j.abi.datatypes.generated.Bytes32(root), 
                new org.web3j.abi.datatypes.generated.Bytes32(checkpointHash), 
                new org.web3j.abi.datatypes.DynamicArray<org.web3j.abi.datatypes.generated.Bytes32>(
                        org.web3j.abi.datatypes.generated.Bytes32.class,
                        org.web3j.abi.Utils.typeMap(proof, org.web3j.abi.datatypes.generated.Bytes32.class))), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function);
    }

    public RemoteFunctionCall<Boolean> consistent(BigInteger m, BigInteger n, byte[] rm, byte[] rn,
            List<byte[]> proof) {
        final Function function = new Function(FUNC_CONSISTENT, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Uint64(m), 
                new org.web3j.abi.datatypes.generated.Uint64(n), 
                new org.web3j.abi.datatypes.generated.Bytes32(rm), 
                new org.web3j.abi.datatypes.generated.Bytes32(rn), 
                new org.web3j.abi.datatypes.DynamicArray<org.web3j.abi.datatypes.generated.Bytes32>(
                        org.web3j.abi.datatypes.generated.Bytes32.class,
                        org.web3j.abi.Utils.typeMap(proof, org.web3j.abi.datatypes.generated.Bytes32.class))), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Bool>() {}));
        return executeRemoteCallSingleValueReturn(function, Boolean.class);
    }

    public RemoteFunctionCall<TransactionReceipt> createLog(byte[] salt, String submitter) {
        final Function function = new Function(
                FUNC_CREATELOG, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Bytes32(salt), 
                new org.web3j.abi.datatypes.Address(160, submitter)), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function);
    }

    public RemoteFunctionCall<Tuple5<byte[], BigInteger, BigInteger, BigInteger, BigInteger>> head(
            byte[] logId) {
        final Function function = new Function(FUNC_HEAD, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Bytes32(logId)), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Bytes32>() {}, new TypeReference<Uint64>() {}, new TypeReference<Uint64>() {}, new TypeReference<Uint64>() {}, new TypeReference<Uint64>() {}));
        return new RemoteFunctionCall<Tuple5<byte[], BigInteger, BigInteger, BigInteger, BigInteger>>(function,
                new Callable<Tuple5<byte[], BigInteger, BigInteger, BigInteger, BigInteger>>() {
                    @Override
                    public Tuple5<byte[], BigInteger, BigInteger, BigInteger, BigInteger> call()
                            throws Exception {
                        List<Type> results = executeCallMultipleValueReturn(function);
                        return new Tuple5<byte[], BigInteger, BigInteger, BigInteger, BigInteger>(
                                (byte[]) results.get(0).getValue(), 
                                (BigInteger) results.get(1).getValue(), 
                                (BigInteger) results.get(2).getValue(), 
                                (BigInteger) results.get(3).getValue(), 
                                (BigInteger) results.get(4).getValue());
                    }
                });
    }

    public RemoteFunctionCall<byte[]> logIdOf(String creator, byte[] salt) {
        final Function function = new Function(FUNC_LOGIDOF, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.Address(160, creator), 
                new org.web3j.abi.datatypes.generated.Bytes32(salt)), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Bytes32>() {}));
        return executeRemoteCallSingleValueReturn(function, byte[].class);
    }

    public RemoteFunctionCall<TransactionReceipt> proposeAdmin(byte[] logId, String admin) {
        final Function function = new Function(
                FUNC_PROPOSEADMIN, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Bytes32(logId), 
                new org.web3j.abi.datatypes.Address(160, admin)), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function);
    }

    public RemoteFunctionCall<Tuple3<String, String, String>> rolesOf(byte[] logId) {
        final Function function = new Function(FUNC_ROLESOF, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Bytes32(logId)), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Address>() {}, new TypeReference<Address>() {}, new TypeReference<Address>() {}));
        return new RemoteFunctionCall<Tuple3<String, String, String>>(function,
                new Callable<Tuple3<String, String, String>>() {
                    @Override
                    public Tuple3<String, String, String> call() throws Exception {
                        List<Type> results = executeCallMultipleValueReturn(function);
                        return new Tuple3<String, String, String>(
                                (String) results.get(0).getValue(), 
                                (String) results.get(1).getValue(), 
                                (String) results.get(2).getValue());
                    }
                });
    }

    public RemoteFunctionCall<byte[]> rootAt(byte[] logId, BigInteger size) {
        final Function function = new Function(FUNC_ROOTAT, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Bytes32(logId), 
                new org.web3j.abi.datatypes.generated.Uint64(size)), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Bytes32>() {}));
        return executeRemoteCallSingleValueReturn(function, byte[].class);
    }

    public RemoteFunctionCall<TransactionReceipt> setSubmitter(byte[] logId, String submitter) {
        final Function function = new Function(
                FUNC_SETSUBMITTER, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Bytes32(logId), 
                new org.web3j.abi.datatypes.Address(160, submitter)), 
                Collections.<TypeReference<?>>emptyList());
        return executeRemoteCallTransaction(function);
    }

    public RemoteFunctionCall<Boolean> verifyInclusion(byte[] logId, BigInteger size,
            BigInteger index, byte[] leaf, List<byte[]> proof) {
        final Function function = new Function(FUNC_VERIFYINCLUSION, 
                Arrays.<Type>asList(new org.web3j.abi.datatypes.generated.Bytes32(logId), 
                new org.web3j.abi.datatypes.generated.Uint64(size), 
                new org.web3j.abi.datatypes.generated.Uint64(index), 
                new org.web3j.abi.datatypes.generated.Bytes32(leaf), 
                new org.web3j.abi.datatypes.DynamicArray<org.web3j.abi.datatypes.generated.Bytes32>(
                        org.web3j.abi.datatypes.generated.Bytes32.class,
                        org.web3j.abi.Utils.typeMap(proof, org.web3j.abi.datatypes.generated.Bytes32.class))), 
                Arrays.<TypeReference<?>>asList(new TypeReference<Bool>() {}));
        return executeRemoteCallSingleValueReturn(function, Boolean.class);
    }

    @Deprecated
    public static AccessLogNotary load(String contractAddress, Web3j web3j, Credentials credentials,
            BigInteger gasPrice, BigInteger gasLimit) {
        return new AccessLogNotary(contractAddress, web3j, credentials, gasPrice, gasLimit);
    }

    @Deprecated
    public static AccessLogNotary load(String contractAddress, Web3j web3j,
            TransactionManager transactionManager, BigInteger gasPrice, BigInteger gasLimit) {
        return new AccessLogNotary(contractAddress, web3j, transactionManager, gasPrice, gasLimit);
    }

    public static AccessLogNotary load(String contractAddress, Web3j web3j, Credentials credentials,
            ContractGasProvider contractGasProvider) {
        return new AccessLogNotary(contractAddress, web3j, credentials, contractGasProvider);
    }

    public static AccessLogNotary load(String contractAddress, Web3j web3j,
            TransactionManager transactionManager, ContractGasProvider contractGasProvider) {
        return new AccessLogNotary(contractAddress, web3j, transactionManager, contractGasProvider);
    }

    public static RemoteCall<AccessLogNotary> deploy(Web3j web3j, Credentials credentials,
            ContractGasProvider contractGasProvider) {
        return deployRemoteCall(AccessLogNotary.class, web3j, credentials, contractGasProvider, getDeploymentBinary(), "");
    }

    @Deprecated
    public static RemoteCall<AccessLogNotary> deploy(Web3j web3j, Credentials credentials,
            BigInteger gasPrice, BigInteger gasLimit) {
        return deployRemoteCall(AccessLogNotary.class, web3j, credentials, gasPrice, gasLimit, getDeploymentBinary(), "");
    }

    public static RemoteCall<AccessLogNotary> deploy(Web3j web3j,
            TransactionManager transactionManager, ContractGasProvider contractGasProvider) {
        return deployRemoteCall(AccessLogNotary.class, web3j, transactionManager, contractGasProvider, getDeploymentBinary(), "");
    }

    @Deprecated
    public static RemoteCall<AccessLogNotary> deploy(Web3j web3j,
            TransactionManager transactionManager, BigInteger gasPrice, BigInteger gasLimit) {
        return deployRemoteCall(AccessLogNotary.class, web3j, transactionManager, gasPrice, gasLimit, getDeploymentBinary(), "");
    }

    public static void linkLibraries(List<Contract.LinkReference> references) {
        librariesLinkedBinary = linkBinaryWithReferences(BINARY, references);
    }

    private static String getDeploymentBinary() {
        if (librariesLinkedBinary != null) {
            return librariesLinkedBinary;
        } else {
            return BINARY;
        }
    }

    public static class AdminChangedEventResponse extends BaseEventResponse {
        public byte[] logId;

        public String from;

        public String to;
    }

    public static class AdminProposedEventResponse extends BaseEventResponse {
        public byte[] logId;

        public String from;

        public String to;
    }

    public static class AnchoredEventResponse extends BaseEventResponse {
        public byte[] logId;

        public BigInteger size;

        public byte[] root;

        public BigInteger seq;

        public BigInteger prevSize;

        public byte[] checkpointHash;
    }

    public static class LogCreatedEventResponse extends BaseEventResponse {
        public byte[] logId;

        public String creator;

        public byte[] salt;

        public String submitter;
    }

    public static class SubmitterChangedEventResponse extends BaseEventResponse {
        public byte[] logId;

        public String from;

        public String to;
    }
}
