package threadbook.kernel.protocol;

/// The TCP ports of the five channels, as `connect_reply` names them.
public record Ports(int shell, int iopub, int stdin, int control, int heartbeat) {}
