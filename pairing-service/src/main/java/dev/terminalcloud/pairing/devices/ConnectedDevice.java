package dev.terminalcloud.pairing.devices;

/**
 * A registered device that has connected, with its pairing.
 *
 * @param pairingNumber the number of its newest pairing or unpairing; 0 if it was never paired
 * @param businessName of its register; null if it is not paired
 * @param registerName of its register; null if it is not paired
 */
public record ConnectedDevice(String id, long pairingNumber, String businessName, String registerName) {
    public boolean isPaired() {
        return registerName != null;
    }
}
