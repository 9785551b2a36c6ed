using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;

namespace Sidecar.ControlPlane.Keys;

/// <summary>Wraps the keys of ASP.NET Core's data protection as all other keys are; by itself it would store them in clear.</summary>
internal sealed class WrapXmlEncryptor(KeyWrap wrap) : IXmlEncryptor
{
    internal const string Purpose = "data-protection";

    public EncryptedXmlInfo Encrypt(XElement plaintextElement)
    {
        var wrapped = wrap.Wrap(Purpose, Encoding.UTF8.GetBytes(plaintextElement.ToString(SaveOptions.DisableFormatting)));
        return new EncryptedXmlInfo(new XElement("wrapped", Convert.ToBase64String(wrapped)), typeof(WrapXmlDecryptor));
    }
}
