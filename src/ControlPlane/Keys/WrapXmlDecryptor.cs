using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Sidecar.ControlPlane.Keys;

/// <summary>Made by data protection from its name in the stored XML, hence the constructor.</summary>
internal sealed class WrapXmlDecryptor(IServiceProvider services) : IXmlDecryptor
{
    public XElement Decrypt(XElement encryptedElement)
    {
        var wrap = services.GetRequiredService<KeyWrap>();
        return XElement.Parse(Encoding.UTF8.GetString(wrap.Unwrap(WrapXmlEncryptor.Purpose, Convert.FromBase64String(encryptedElement.Value))));
    }
}
