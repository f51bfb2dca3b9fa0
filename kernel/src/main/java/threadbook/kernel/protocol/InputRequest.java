package threadbook.kernel.protocol;

/// What the kernel asks of the person at the front end, on the stdin channel.
///
/// @param prompt    shown before the field, possibly empty
/// @param password  the front end does not show what is typed
/// @see <a
/// href="https://jupyter-client.readthedocs.io/en/stable/messaging.html#messages-on-the-stdin-router-dealer-channel">Stdin</a>
public record InputRequest(String prompt, boolean password) {}
