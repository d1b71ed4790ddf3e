package dev.terminalcloud.certification.device.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.terminalcloud.certification.device.cloud.TraceEntry.MessageReceived;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageRulesTest {
    private static final String ID = "7ab5ac71-0000-4000-8000-000000000002";

    private static MessageReceived received(String json) throws JsonProcessingException {
        ObjectNode message = (ObjectNode)
                JsonMapper.builder().build().readTree(json.replace('\'', '"').replace("ID", ID));
        return new MessageReceived(Instant.EPOCH, 1, "", true, json.length(), Optional.of(message));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'type':'hello','model':'T','firmware':'1','status':'READY','more':1}",
                "{'type':'pairing-code-request'}",
                "{'type':'unpair','pairingNumber':3}",
                "{'type':'transaction-claim','transactionId':'ID'}",
                "{'type':'transaction-refused','transactionId':'ID','reason':'BUSY'}",
                "{'type':'transaction-finished','transactionId':'ID','result':'OK','cardPan':null,'amountTip':0}",
                "{'type':'transaction-finished','transactionId':'ID','result':'CANCELLED','transactionResult':'CANCELLED'}",
                "{'type':'transaction-finished','transactionId':'ID','result':'OK','amountTotal':500.0,'timestamp':'20280229235959'}",
                "{'type':'unpair','pairingNumber':3.0}",
                "{'type':'pong','nonce':'','timestamp':'now'}"
            })
    void messageThatKeepsItsRulesIsFine(String json) throws Exception {
        assertThat(MessageRules.violation(received(json))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "{'type':'hello','model':'T','firmware':'1'}; hello: $: required property 'status' not found",
                "{'type':'hello','model':'T','firmware':'1','status':null}; required property 'status' not found",
                "{'type':'status','status':'FINE'}; $.status: does not have a value in the enumeration",
                "{'type':'unpair','pairingNumber':'3'}; $.pairingNumber: string found, integer expected",
                "{'type':'unpair','pairingNumber':3.5}; $.pairingNumber: number found, integer expected",
                "{'type':'unpair','pairingNumber':-1}; $.pairingNumber: must have a minimum value of 0",
                "{'type':'transaction-claim','transactionId':'7'}; $.transactionId: does not match the uuid pattern",
                "{'type':'transaction-finished','transactionId':'ID','result':'FAILED-INTERFACE'}; $.result: does not have a value",
                "{'type':'transaction-finished','transactionId':'ID','result':'OK','amountTotal':-1}; $.amountTotal: must have a minimum value of 0",
                "{'type':'transaction-finished','transactionId':'ID','result':'OK','amountTip':1000000000}; $.amountTip: must have a maximum value of 999999999",
                "{'type':'transaction-finished','transactionId':'ID','result':'OK','amountTip':''}; $.amountTip: string found, integer expected",
                "{'type':'transaction-finished','transactionId':'ID','result':'OK','timestamp':'20261326101500'}; timestamp is not a time of the calendar",
                "{'type':'transaction-finished','transactionId':'ID','result':'FAILED','transactionResult':'OK-ACCEPTED'}; does not go with",
                "{'type':'transaction-finished','transactionId':'ID','result':'OK','transactionResult':'CANCELLED'}; does not go with",
                "{'type':'transaction-finished','transactionId':'ID','result':'OK','timestamp':'now'}; $.timestamp: does not match the regex pattern",
                "{'type':'transaction-progress','transactionId':'ID','prompt':'a\\u0000'}; prompt contains U+0000",
                "{'type':'transaction-finished','transactionId':'ID','result':'OK','authId':'a:b'}; $.authId: does not match the regex pattern",
                "{'type':'transaction-finished','transactionId':'ID','result':'OK','cardType':'00000000000000000000000000000000000000041'}; $.cardType: must be at most 40 characters long",
                "{'type':'transaction-finished','transactionId':'ID','result':'OK','cardPan':'.......................................12'}; $.cardPan: must be at most 40 characters long",
                "{'type':'hello','model':'00000000000000000000000000000000000000000000000000000000000000065','firmware':'1','status':'READY'}; $.model: must be at most 64 characters long",
                "{'type':'ping','nonce':'1'}; unknown message type",
                "{'type':'sing'}; unknown message type"
            })
    void messageThatBreaksItsRulesIsNamed(String json, String violation) throws Exception {
        assertThat(MessageRules.violation(received(json))).get().asString().contains(violation);
    }

    @Test
    void messageThatIsNotAJsonObjectIsAViolation() {
        assertThat(MessageRules.violation(new MessageReceived(Instant.EPOCH, 1, "", true, 2, Optional.empty())))
                .contains("a message is not a JSON object");
    }
}
