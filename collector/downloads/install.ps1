# Installs or upgrades tramdo-agent @VERSION@ and joins this PC to a collector. Windows PowerShell 5.1, administrator.
#
# The line that fetched this script has compared its SHA-256, and this script compares the one of the package. So what
# runs here is decided by these two, whoever answers on the way; the agent itself trusts the pin of the join string.
#
# It throws when it fails; $LASTEXITCODE is what msiexec.exe said. Everything stands in one block: PowerShell runs
# nothing of a script that does not end.
param([string]$Join = '', [string]$Proxy = '')

& {
  param([string]$Join, [string]$Proxy)
  $ErrorActionPreference = 'Stop'

  $packages = @{
    # @PACKAGES@
  }

  $isVietnamese = (Get-UICulture).TwoLetterISOLanguageName -eq 'vi'

  # The collector writes Vietnamese letters as \uXXXX: Windows PowerShell reads a saved script in the code page of the
  # system, in which some of their bytes would be quotes.
  function Select-Text([string]$English, [string]$Vietnamese) {
    if (-not $isVietnamese) { return $English }
    $letter = { param($match) [string][char][Convert]::ToInt32($match.Groups[1].Value, 16) }
    return [regex]::Replace($Vietnamese, '\\u([0-9a-f]{4})', $letter)
  }

  # Ends everything with one sentence in the language of the system.
  function Stop-Install([string]$English, [string]$Vietnamese) {
    throw (Select-Text $English $Vietnamese)
  }

  function Test-Administrator {
    $identity = [Security.Principal.WindowsIdentity]::GetCurrent()
    $principal = New-Object Security.Principal.WindowsPrincipal($identity)
    return $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)
  }

  function Get-Architecture {
    # A 32-bit PowerShell on 64-bit Windows says x86, and tells the truth in the second variable.
    $name = $env:PROCESSOR_ARCHITECTURE
    if ($env:PROCESSOR_ARCHITEW6432) { $name = $env:PROCESSOR_ARCHITEW6432 }
    if ($name -eq 'AMD64') { return 'x64' }
    if ($name -eq 'x86') { return 'x86' }
    return $name
  }

  # Only SYSTEM and administrators may write where the package waits for msiexec.exe. The folder is made with its
  # rights, so that there is no moment without them, under a name that nobody can have made before.
  function New-SafeFolder {
    $security = New-Object Security.AccessControl.DirectorySecurity
    $security.SetSecurityDescriptorSddlForm('O:BAG:BAD:P(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)')
    $windows = [Environment]::GetFolderPath('Windows')
    $path = [IO.Path]::Combine($windows, 'Temp', 'tramdo-' + [Guid]::NewGuid().ToString())
    # PowerShell 7, which somebody may paste the line into, has the call in another place.
    if ($PSVersionTable.PSEdition -eq 'Core') { [void][IO.FileSystemAclExtensions]::CreateDirectory($security, $path) }
    else { [void][IO.Directory]::CreateDirectory($path, $security) }
    return $path
  }

  # One line of a header, without its end; a header is short, so byte by byte is fast enough.
  function Read-Line([IO.Stream]$Stream) {
    $text = New-Object Text.StringBuilder
    while ($text.Length -lt 8192) {
      $byte = $Stream.ReadByte()
      if ($byte -lt 0 -or $byte -eq 10) { break }
      if ($byte -ne 13) { [void]$text.Append([char]$byte) }
    }
    return $text.ToString()
  }

  # Sends a request and reads the header of the answer; gives the first line of it.
  function Send-Request([IO.Stream]$Stream, [string[]]$Lines) {
    $end = [string][char]13 + [string][char]10
    $bytes = [Text.Encoding]::ASCII.GetBytes(($Lines -join $end) + $end + $end)
    $Stream.Write($bytes, 0, $bytes.Length)
    $first = Read-Line $Stream
    for ($count = 0; (Read-Line $Stream) -ne ''; $count++) {
      if ($count -gt 200) { Stop-Install 'The header of the answer has no end.' 'Phần đầu của câu trả lời không kết thúc.' }
    }
    return $first
  }

  function Open-Tunnel([IO.Stream]$Stream, [Uri]$Way, [string]$Address) {
    $lines = @("CONNECT $Address HTTP/1.1", "Host: $Address")
    if ($Way.UserInfo) {
      $credentials = [Text.Encoding]::UTF8.GetBytes([Uri]::UnescapeDataString($Way.UserInfo))
      $lines += 'Proxy-Authorization: Basic ' + [Convert]::ToBase64String($credentials)
    }
    $answer = Send-Request $Stream $lines
    if ($answer -notmatch '^HTTP/1\.[01] 200') {
      Stop-Install "The proxy did not open a way to the collector: $answer" "Proxy không mở đường tới máy chủ: $answer"
    }
  }

  # Takes exactly as many bytes as the package has, whatever the other side sends.
  function Save-Body([IO.Stream]$Stream, [string]$Path, [long]$Bytes) {
    $file = [IO.File]::Create($Path)
    try {
      $buffer = New-Object byte[] 65536
      $left = $Bytes
      while ($left -gt 0) {
        $count = $Stream.Read($buffer, 0, [int][Math]::Min($buffer.Length, $left))
        if ($count -le 0) { break }
        $file.Write($buffer, 0, $count)
        $left -= $count
      }
    } finally {
      $file.Dispose()
    }
  }

  function Save-Package([hashtable]$Target, [hashtable]$Package, [string]$Path) {
    $first = @{ Name = $Target.Name; Port = $Target.Port }
    if ($Target.Proxy) { $first = @{ Name = $Target.Proxy.DnsSafeHost; Port = $Target.Proxy.Port } }
    # With name and port it takes IPv4 and IPv6; made without them it would take IPv4 alone.
    $client = New-Object Net.Sockets.TcpClient($first.Name, $first.Port)
    try {
      $client.ReceiveTimeout = 60000
      $client.SendTimeout = 60000
      $stream = $client.GetStream()
      if ($Target.Proxy) { Open-Tunnel $stream $Target.Proxy $Target.Address }
      if ($Target.IsTls) {
        # With a pin nobody but the collector vouches for its certificate: the hash of the package decides. Without
        # one the authorities of Windows decide as well. The check runs on this thread, as the call is synchronous.
        if ($Target.HasPin) {
          $anyone = [Net.Security.RemoteCertificateValidationCallback]{ $true }
          $stream = New-Object Net.Security.SslStream($stream, $false, $anyone)
        } else {
          $stream = New-Object Net.Security.SslStream($stream, $false)
        }
        $stream.AuthenticateAsClient($Target.Name, $null, [Security.Authentication.SslProtocols]::Tls12, $false)
      }
      # HTTP/1.0: the answer comes in one piece and ends with the connection.
      $answer = Send-Request $stream @("GET /packages/$($Package.Name) HTTP/1.0", "Host: $($Target.Address)")
      if ($answer -notmatch '^HTTP/1\.[01] 200') {
        Stop-Install "The collector did not hand out $($Package.Name): $answer" `
          "Máy chủ không trả về $($Package.Name): $answer"
      }
      Save-Body $stream $Path $Package.Bytes
    } finally {
      $client.Close()
    }
  }

  function Read-Target([string]$Join, [string]$Proxy) {
    # Nothing that passes can end an argument of msiexec.exe or begin another one.
    $pattern = '^tramdo://((\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9_.-]+):([0-9]{1,5}))/#[A-Za-z0-9_-]{16,128}(\.[A-Za-z0-9_-]{43})?$'
    if (-not ($Join -match $pattern)) {
      Stop-Install 'The join string is not complete: copy the whole line again.' `
        'Chuỗi tham gia không đầy đủ: hãy chép lại cả dòng.'
    }
    $target = @{ Address = $Matches[1]; Name = $Matches[2] -replace '[\[\]]', ''; Port = [int]$Matches[3]; HasPin = [bool]$Matches[4] }
    $target.IsTls = $target.HasPin -or $target.Name -notmatch '^(localhost|::1|127\.[0-9.]+)$'
    if ($Proxy) {
      if ($Proxy -notmatch '^http://[A-Za-z0-9._~:/@%\[\]-]+$') {
        # What was given may hold a password, and consoles are recorded.
        Stop-Install 'Cannot use the proxy: http://HOST:PORT is expected, other signs in a password as %XX.' `
          'Không dùng được proxy: cần dạng http://HOST:PORT, ký tự khác trong mật khẩu viết thành %XX.'
      }
      $target.Proxy = [Uri]$Proxy
    }
    return $target
  }

  function Install-Package([string]$Path, [string]$Join, [string]$Proxy) {
    $start = New-Object Diagnostics.ProcessStartInfo
    $start.FileName = [IO.Path]::Combine([Environment]::SystemDirectory, 'msiexec.exe')
    $start.Arguments = "/i `"$Path`" /qn /norestart JOIN=$Join"
    if ($Proxy) { $start.Arguments += " PROXY=$Proxy" }
    $start.UseShellExecute = $false
    $process = [Diagnostics.Process]::Start($start)
    $process.WaitForExit()
    return $process.ExitCode
  }

  # Exit codes of msiexec.exe: learn.microsoft.com/windows/win32/msi/error-codes.
  function Show-Result([int]$Code) {
    $global:LASTEXITCODE = $Code
    switch ($Code) {
      0 { Write-Host (Select-Text 'tramdo-agent @VERSION@ is installed.' 'Đã cài tramdo-agent @VERSION@.') }
      { $_ -eq 3010 -or $_ -eq 1641 } {
        Write-Host (Select-Text 'tramdo-agent @VERSION@ is installed. Windows wants to be restarted.' `
          'Đã cài tramdo-agent @VERSION@. Windows cần khởi động lại.')
      }
      1603 {
        Stop-Install 'The installation failed (1603): see the Application event log, source MsiInstaller.' `
          'Cài đặt thất bại (1603): xem Event Viewer, mục Application, nguồn MsiInstaller.'
      }
      1618 {
        Stop-Install 'Another installation is running (1618): paste the line again when it has ended.' `
          'Một trình cài đặt khác đang chạy (1618): chờ xong rồi dán lại dòng lệnh.'
      }
      { $_ -eq 1925 -or $_ -eq 1625 } {
        Stop-Install "A policy or missing rights forbid the installation ($Code): run as administrator." `
          "Chính sách hoặc thiếu quyền không cho cài ($Code): hãy chạy bằng quyền quản trị."
      }
      1633 {
        Stop-Install 'The package is not for this processor (1633).' 'Gói không dành cho bộ xử lý này (1633).'
      }
      1638 {
        Stop-Install 'Another version is installed already (1638): remove it first.' `
          'Đã có phiên bản khác (1638): hãy gỡ trước.'
      }
      default { Stop-Install "msiexec.exe ended with $Code." "msiexec.exe kết thúc với mã $Code." }
    }
  }

  $target = Read-Target $Join $Proxy
  if (-not (Test-Administrator)) {
    Stop-Install 'This needs PowerShell as administrator: right-click it and choose "Run as administrator".' `
      'Cần mở PowerShell bằng quyền quản trị: bấm chuột phải, chọn "Run as administrator".'
  }
  $architecture = Get-Architecture
  $package = $packages[$architecture]
  if ($null -eq $package) {
    Stop-Install "The collector has no package for Windows on $architecture." `
      "Máy chủ không có gói cho Windows trên $architecture."
  }
  $folder = New-SafeFolder
  try {
    $file = [IO.Path]::Combine($folder, $package.Name)
    Write-Host (Select-Text "Downloading $($package.Name)" "Đang tải $($package.Name)")
    Save-Package $target $package $file
    $found = (Get-FileHash -Algorithm SHA256 -LiteralPath $file).Hash
    if ($found -ne $package.Sha256) {
      Stop-Install "Refused $($package.Name): its SHA-256 is $found. Nothing was installed; tell whoever runs the collector." `
        "Từ chối $($package.Name): SHA-256 là $found. Chưa cài gì cả; hãy báo người quản trị máy chủ."
    }
    Show-Result (Install-Package $file $Join $Proxy)
  } finally {
    Remove-Item -LiteralPath $folder -Recurse -Force -ErrorAction SilentlyContinue
  }
} $Join $Proxy
